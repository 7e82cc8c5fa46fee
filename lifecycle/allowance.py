"""How long two people may still suspend one model without its board: 14 days in any 90.

Each suspension counts from its confirmation to its end, or to the board's first ratification of it: from then on it
is the board's. What was never confirmed does not count. Source: the rule of emergency suspension (docs/suspensions.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from lifecycle.models import AIModel
from lifecycle.models.suspensions import MOST_DAYS
from lifecycle.queries.suspensions import spans_without_board

DAY = timedelta(days=1)
MOST = MOST_DAYS * DAY
#: The days in which they may suspend it for so long: long enough that a second emergency goes before the board.
WINDOW = timedelta(days=90)

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Allowance:
    """What is left to two people: `days`, whole ones from now, 0 to 14; with none left, `again_at` says from when.

    `again_at` is the first whole minute from which they may suspend it for a day.
    """

    days: int
    again_at: datetime | None = None

    @property
    def counted(self) -> int:
        """The days that are gone, a day begun counted whole."""
        return MOST_DAYS - self.days


def allowance_of(ai_model: AIModel) -> Allowance:
    """What is left of a model's, now. One query."""
    now = clock.now()
    return allowance(spans_without_board(ai_model, now - WINDOW), now)


def allowance(spans: Sequence[Span], now: datetime) -> Allowance:
    """The same from the times it was suspended for: past, apart from each other, in any order.

    While a suspension lasts, a day of it comes in for each that leaves the window at most, so that none of the
    windows holds more than the one at whose end it is over.
    """

    def counts_with(days: int) -> timedelta:
        return days * DAY + _within(spans, now + days * DAY - WINDOW)

    days = max((days for days in range(MOST_DAYS + 1) if counts_with(days) <= MOST), default=0)
    return Allowance(days, None if days else _whole_minute(_again_at(spans)))


def _within(spans: Sequence[Span], since: datetime) -> timedelta:
    return sum((max(end - max(start, since), timedelta(0)) for start, end in spans), timedelta(0))


def _again_at(spans: Sequence[Span]) -> datetime:
    """When the window of a day's suspension begins so late that all but a day's room is left in it."""
    room = MOST - DAY
    for start, end in sorted(spans, reverse=True):
        if end - start > room:
            return end - room + WINDOW - DAY
        room -= end - start
    raise ValueError("They may suspend it now.")


def _whole_minute(instant: datetime) -> datetime:
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=1)
