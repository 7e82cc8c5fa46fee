"""The two dates every page with dates can be asked for: true on, and known to us on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import clock
from lifecycle.stages import end_of


@dataclass(frozen=True)
class AsOf:
    """`effective`: what was true on this day. `known`: as we knew it at this instant. `chosen`: somebody asked."""

    effective: date
    known: datetime
    chosen: bool = False

    @property
    def known_on(self) -> date:
        return self.known.date()

    @property
    def instant(self) -> datetime:
        """The last instant of what is shown: of that day, as far as it was known."""
        return min(self.known, end_of(self.effective))


def as_of(effective: date | None, known_on: date | None) -> AsOf:
    """Today as known now, where nothing was asked. A day of knowing includes what was learned on it."""
    now = clock.now()
    known = now if known_on is None or known_on >= now.date() else end_of(known_on)
    return AsOf(effective or now.date(), known, chosen=effective is not None or known_on is not None)


def in_days(day: date, today: date) -> int:
    """Days from today; negative when past."""
    return (day - today) // timedelta(days=1)
