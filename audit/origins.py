"""Where a change came from: a web request, a task, the command line, an import, a migration, a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import TextChoices


class Kind(TextChoices):
    WEB = "web", "Web"
    TASK = "task", "Task"
    COMMAND_LINE = "command_line", "Command line"
    IMPORT = "import", "Import"
    MIGRATION = "migration", "Migration"
    SET_UP = "set_up", "Set-up"


@dataclass(frozen=True)
class Origin:
    """The door a change came in by; `reference` is the request's or the task's id."""

    kind: Kind
    reference: str = ""


_current: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current() -> Origin:
    """The origin of what is happening now; the command line when nobody said otherwise."""
    return _current.get() or Origin(Kind.COMMAND_LINE)


@contextmanager
def coming_from(kind: Kind, reference: str = "") -> Iterator[None]:
    """Everything recorded inside bears this origin."""
    token = _current.set(Origin(kind, reference))
    try:
        yield
    finally:
        _current.reset(token)
