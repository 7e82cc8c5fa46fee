"""The one clock: the database's, in UTC. A test may move it; nothing else can.

The instant is the database's `clock_timestamp()`, read when asked: a command asks after it has its lock, so
that waiting for the lock counts as time passed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection

_frozen: ContextVar[datetime | None] = ContextVar("clock_frozen", default=None)
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


def now() -> datetime:
    """The present instant, aware, in UTC."""
    if (instant := _frozen.get()) is not None:
        return instant
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        read: datetime = cursor.fetchone()[0]
    return read.astimezone(UTC) + _shift.get()


def today() -> date:
    """The present day in UTC: a date in the records is 00:00 UTC of its day."""
    return now().date()


@contextmanager
def frozen(instant: datetime) -> Iterator[datetime]:
    """Stop the clock at an instant. Tests only."""
    _tests_only()
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _frozen.reset(token)


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Move the clock by a duration. Tests only."""
    _tests_only()
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)


def _tests_only() -> None:
    if not getattr(settings, "CLOCK_MAY_MOVE", False):
        raise RuntimeError("The clock moves in tests only.")
