"""The one clock: the database's, in UTC. A test may move it; nothing else can.

The instant is the database's `clock_timestamp()`, read when asked: a command asks after it has its lock, so
that waiting for the lock counts as time passed. A page that only shows things is of one instant.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Func

_frozen: ContextVar[datetime | None] = ContextVar("clock_frozen", default=None)
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())
# The day for which something is written down that will be used all day.
_day: ContextVar[date | None] = ContextVar("clock_day", default=None)
# The place for an instant in a query that is being written and will be asked at another one.
_place: ContextVar[Any] = ContextVar("clock_place", default=None)
# The instant of the page that is being shown, once it was read.
_page: ContextVar[list[datetime] | None] = ContextVar("clock_of_page", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC. RuntimeError `within_the_day`."""
    if (place := _place.get()) is not None:
        return place  # type: ignore[no-any-return]  # conditions take it as they take an instant
    if _day.get() is not None:
        raise RuntimeError("What holds all day cannot depend on an instant.")
    if (instant := _frozen.get()) is not None:
        return instant
    page = _page.get()
    if page:
        return page[0] + _shift.get()
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        read: datetime = cursor.fetchone()[0]
    return remember(read) + _shift.get()


def remember(read: datetime) -> datetime:
    """An instant the database gave, kept for the rest of a page."""
    read = read.astimezone(UTC)
    if (page := _page.get()) is not None:
        page[:] = [read]
    return read


class _Instant(Func):
    """`clock_timestamp()`, never grouped by: it differs from row to row and would tear groups apart."""

    function = "clock_timestamp"
    output_field = DateTimeField()

    def get_group_by_cols(self) -> list[Any]:
        return []


def instant_in_database() -> Func:
    """The instant of a query, as an expression in it, for one that is to give it along; unmoved by tests.

    The same for every row: an instant of each row's own would split what the query groups.
    """
    return Func(function="statement_timestamp", output_field=DateTimeField())


def is_moved() -> bool:
    """Whether a test holds or moves the clock, so that the database's own is not ours."""
    return _frozen.get() is not None or bool(_shift.get())


@contextmanager
def one_instant() -> Iterator[None]:
    """While a page is shown: the clock is read at most once."""
    token = _page.set([])
    try:
        yield
    finally:
        _page.reset(token)


@contextmanager
def anew() -> Iterator[None]:
    """Inside a command: the clock is read whenever it is asked, also while a page is shown."""
    token = _page.set(None)
    try:
        yield
    finally:
        _page.reset(token)


def today() -> date:
    """The present day in UTC: a date in the records is 00:00 UTC of its day."""
    return _day.get() or now().date()


@contextmanager
def within_the_day(day: date) -> Iterator[None]:
    """While something is made that is used all day: `today` is this day, and `now` is refused."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


@contextmanager
def left_open(place: Any) -> Iterator[None]:
    """While a query is written that is asked later (core.prepared): `now` is this place in it, for its conditions."""
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)


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
