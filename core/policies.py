"""*Who* may do what: the actor everyone agrees on, and verdicts that carry their reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.errors import NotAllowed


class Actor(Protocol):
    """Whoever acts: a person signed in, or a process. `fresh_until`: end of the last second-factor proof."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def fresh_until(self) -> datetime | None: ...


@dataclass(frozen=True)
class Process:
    """An actor without a person behind it: a periodic task, a migration, an import."""

    name: str
    id: UUID | None = None
    roles: frozenset[str] = frozenset({"process"})
    fresh_until: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """The answer of a policy: truthy when allowed, otherwise with a reason a page can show."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def denied(reason: str) -> Verdict:
    """A refusing verdict; `reason` is a sentence for the person."""
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Raise NotAllowed with the verdict's reason unless it allows."""
    if not verdict:
        raise NotAllowed(verdict.reason)


def any_of(actor: Actor | None, *roles: str) -> bool:
    """Whether the actor holds at least one of the roles. Nobody (None) holds none."""
    return actor is not None and not actor.roles.isdisjoint(roles)
