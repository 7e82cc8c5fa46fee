"""What apps above tell the call runner: who receives an answer, and whose business a purpose is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.registry import Registry
from modelcalls.models import Attempt, Call

Receiver = Callable[[Call, Attempt], None]

# By purpose. Runs inside the recording command, for every end: completed, refused, truncated, mismatched or
# failed. Uses steps and models, never commands; may run again for the same call after a person asked again.
receivers: Registry[Receiver] = Registry("modelcalls.receivers")


def _nowhere(subject: UUID) -> str:
    return ""


@dataclass(frozen=True)
class Pause:
    """What of a purpose waits, because the model may not be asked now.

    `subjects()`: the ids of such subjects, to filter by. `why(subject)`: the sentence that says so; "" for one that
    may be asked.
    """

    subjects: Callable[[], QuerySet[Any]]
    why: Callable[[UUID], str]


@dataclass(frozen=True)
class Purpose:
    """How a purpose is called on screen, which roles may see its calls and ask again, where its subject is.

    `again`: when the app above asks again in its own way, the sentence that says where. `pause`: what of it may have
    to wait for another reason than its endpoint.
    """

    label: str
    roles: frozenset[str] = frozenset()
    url: Callable[[UUID], str] = _nowhere
    again: str = ""
    pause: Pause | None = None


# By purpose. One that is not here is shown by its name, to stewards and auditors only.
purposes: Registry[Purpose] = Registry("modelcalls.purposes")


def purpose_of(name: str) -> Purpose:
    return purposes.get(name) if name in purposes else Purpose(label=name)
