"""What the apps above tell Today: what waits for a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.policies import Actor
from core.registry import Registry


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody. `action` is the verb of the link ("Vote"), `due` an instant or None."""

    title: str
    url: str
    detail: str
    action: str
    due: datetime | None = None


# By name; each is asked for what waits for one actor.
waiting: Registry[Callable[[Actor], list[Waiting]]] = Registry("accounts.waiting")
