"""Where things stand in a drawing of a life: pure geometry of the timeline. Not here: colours, HTML, the tally.

Across, a position is a percentage of the drawing's width; down, pixels. Labels are placed by `config.labels`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.labels import Mark, Spot, date_line, merged, spots_for
from config.vocabulary import MONTHS

LINE, LANE = 18, 44  # px: a line of text; a label of two lines with air


@dataclass(frozen=True)
class PlacedMark:
    """A mark ready to draw: x of the disc, where its two lines of text stand, and its stem."""

    spot: Spot
    x: str
    text_x: str
    label_y: int
    stem_from: int
    stem_to: int

    @property
    def mark(self) -> Mark:
        return self.spot.mark

    @property
    def date_y(self) -> int:
        return self.label_y + LINE

    @property
    def date_text(self) -> str:
        return date_line(self.mark)

    @property
    def anchor_class(self) -> str:
        return "" if self.spot.anchor == "start" else self.spot.anchor


@dataclass(frozen=True)
class Tick:
    """A year or a quarter on the line; `label` is empty where another label needs the room."""

    x: str
    label: str


@dataclass(frozen=True)
class Timeline:
    """All of a timeline drawing."""

    height: int
    axis: int
    today_x: str
    marks: tuple[PlacedMark, ...]
    ticks: tuple[Tick, ...]


def percent(value: float) -> str:
    return f"{value:.2f}%"


def timeline(marks: Sequence[Mark], today: date) -> Timeline:
    """Places every mark so that no label covers another, adding lanes above (discs) and below (floors)."""
    marks = merged(marks)
    first = min([mark.day for mark in marks] + [today])
    last = max([mark.day for mark in marks] + [today])
    margin = max((last - first) * 0.06, timedelta(days=20))
    start, length = first - margin, (last - first) + 2 * margin

    def x_of(day: date) -> float:
        return 100 * ((day - start) / length)

    above = spots_for([mark for mark in marks if not mark.floor], x_of)
    below = spots_for([mark for mark in marks if mark.floor], x_of)
    axis = (max((spot.lane for spot in above), default=0) + 1) * LANE + 22
    placed = [_placed(spot, axis - 40 - spot.lane * LANE, axis - 12, LINE + 6) for spot in above]
    placed += [_placed(spot, axis + 50 + spot.lane * LANE, axis + 12, 4 - LINE) for spot in below]
    return Timeline(
        height=axis + 40 + (max((spot.lane for spot in below), default=-1) + 1) * LANE,
        axis=axis,
        today_x=percent(x_of(today)),
        marks=tuple(sorted(placed, key=lambda item: item.mark.day)),
        ticks=_ticks(start, start + length, x_of, x_of(today)),
    )


def _placed(spot: Spot, label_y: int, stem_from: int, stem_end: int) -> PlacedMark:
    text_x = {"start": spot.left, "middle": (spot.left + spot.right) / 2, "end": spot.right}[spot.anchor]
    return PlacedMark(spot, percent(spot.x), percent(text_x), label_y, stem_from, label_y + stem_end)


def _ticks(start: date, end: date, x_of: Callable[[date], float], today_x: float) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    last_label = -100.0
    for day, label in _calendar(start, end):
        x = x_of(day)
        room = x - last_label > 7 and abs(x - today_x) > 6 and 1 < x < 97
        last_label = x if room else last_label
        ticks.append(Tick(percent(x), label if room else ""))
    return tuple(ticks)


def _calendar(start: date, end: date) -> list[tuple[date, str]]:
    """Firsts of January, or of each quarter when the drawing spans less than a year and a half."""
    months = (1, 4, 7, 10) if end - start < timedelta(days=550) else (1,)
    days = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in months]
    return [
        (day, str(day.year) if months == (1,) else f"{MONTHS[day.month - 1]} {day.year}")
        for day in days
        if start <= day <= end
    ]
