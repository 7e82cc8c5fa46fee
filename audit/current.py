"""The command that is open now, if one is. Written by audit.commands, read by audit.history."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.policies import Actor

if TYPE_CHECKING:
    from django.db.models import Model

    from audit.models import Event


@dataclass
class OpenCommand:
    """One command between its first lock and its commit. `number` is its event's, allocated beforehand.

    `unwritten`: the first event, until the command's last statement writes it.
    """

    verb: str
    actor: Actor
    number: int
    target: "Model | None" = None
    reason: str = ""
    nothing_changed: bool = False
    events: "list[Event]" = field(default_factory=list)
    unwritten: "Event | None" = None


_opened: ContextVar[OpenCommand | None] = ContextVar("open_command", default=None)


def opened() -> OpenCommand | None:
    """The open command, or None."""
    return _opened.get()
