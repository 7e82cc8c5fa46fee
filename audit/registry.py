"""What the apps above tell the auditor's browser about their records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.policies import Actor
from core.registry import Registry


@dataclass(frozen=True)
class Description:
    """How the records of one model are named, found and shown.

    `label(row)` names it, `url(row)` is where it is seen (or ""), `visible(actor, row)` says whether the actor
    may know that it exists. `restricted(row)`: reading it in the audit is itself an event.

    For what belongs to a record (belonging.py): `rests_on` names the keys it is followed by upwards; much hangs on
    a `hub` that does not belong to one record (a board, an endpoint, a person).
    """

    label: Callable[[Any], str]
    url: Callable[[Any], str]
    visible: Callable[[Actor, Any], bool]
    rests_on: tuple[str, ...] = ()
    hub: bool = False
    restricted: Callable[[Any], bool] = lambda row: False


# By model label: "board.Ballot".
describe: Registry[Description] = Registry("audit.describe")

# Each gives, by model label, the ids of records that an actor may not know of now, though they may know of others
# of their kind: what was recorded about them, and with them, is left out of every list, count, export and pack.
# An app names every record that a command wrote. Under "audit.Event" it gives the numbers of events.
withheld: Registry[Callable[[Actor], Mapping[str, Iterable[Any]]]] = Registry("audit.withheld")
