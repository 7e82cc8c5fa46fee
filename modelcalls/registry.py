"""What apps above tell the call runner: who receives an answer, and whose business a purpose is."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from core.registry import Registry
from modelcalls.models import Attempt, Call

Receiver = Callable[[Call, Attempt], None]

# By purpose. Runs inside the recording command, for every end: completed, refused, truncated, mismatched or
# failed. Uses steps and models, never commands; may run again for the same call after a person asked again.
receivers: Registry[Receiver] = Registry("modelcalls.receivers")


def _nowhere(subject: UUID) -> str:
    return ""


@dataclass(frozen=True)
class Purpose:
    """How a purpose is called on screen, which roles may see its calls and ask again, where its subject is.

    `again`: when the app above asks again in its own way, the sentence that says where.
    """

    label: str
    roles: frozenset[str] = frozenset()
    url: Callable[[UUID], str] = _nowhere
    again: str = ""


# By purpose. One that is not here is shown by its name, to stewards and auditors only.
purposes: Registry[Purpose] = Registry("modelcalls.purposes")


def purpose_of(name: str) -> Purpose:
    return purposes.get(name) if name in purposes else Purpose(label=name)
