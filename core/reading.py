"""What several parts of one page want from the same query: read once within a request, everywhere else anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_kept: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("one_reading", default=None)
Read = TypeVar("Read")


def shared(key: tuple[object, ...], read: Callable[[], Read]) -> Read:
    """What `read` gives; within a request it is read once. For pages that only show."""
    kept = _kept.get()
    if kept is not None and key in kept:
        found: Read = kept[key]
        return found
    return keep(key, read())


def keep(key: tuple[object, ...], value: Read) -> Read:
    """A value another query gave along, kept for whoever asks by this key in the rest of the request."""
    if (kept := _kept.get()) is not None:
        kept[key] = value
    return value


@contextmanager
def one_reading() -> Iterator[None]:
    """For the length of one request, each `shared` reading asks the database at most once."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)
