"""What the apps above tell the auditor's browser about their records."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.policies import Actor
from core.registry import Registry


@dataclass(frozen=True)
class Description:
    """How the records of one model are named, found and shown.

    `label(row)` names it, `url(row)` is where it is seen (or ""), `visible(actor, row)` says whether the actor
    may know that it exists.
    """

    label: Callable[[Any], str]
    url: Callable[[Any], str]
    visible: Callable[[Actor, Any], bool]


# By model label: "board.Ballot".
describe: Registry[Description] = Registry("audit.describe")
