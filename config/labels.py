"""Where labels stand beside their dates: pure geometry, so that none covers another. Not here: the line, HTML.

Across, a position is a percentage of the drawing's width, so that type keeps its size at any width.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from typing import Literal

from config.vocabulary import day_text

Anchor = Literal["start", "middle", "end"]
ANCHORS: tuple[Anchor, ...] = ("middle", "start", "end")

NARROWEST = 740  # px: in less room the table is drawn as the line instead (drawings.css says the same)
CHARACTER = 6.9  # px: a wide average at 13 px in the faces we name
GAP = 1.5  # % kept free between two labels of a lane
STEM = 0.2  # % kept free between a stem and a text
EDGE = 0.5  # % nothing is written outside of
LONGEST = 48  # characters of a label; the table says the whole of it
ASIDE = 0.4  # % between a stem and the text that stands beside it


@dataclass(frozen=True)
class Mark:
    """One date to draw. A floor is an open bracket below the line, anything else a disc on it."""

    day: date
    label: str
    symbol: str = "stage-active"
    floor: bool = False
    note: str = ""


@dataclass(frozen=True)
class Spot:
    """Where a mark's label stands: left, right and x in percent, its anchor, its lane (0 is nearest the line)."""

    mark: Mark
    x: float
    left: float
    right: float
    anchor: Anchor
    lane: int

    def touches(self, other: "Spot") -> bool:
        """Whether two labels of a lane stand on or too near each other."""
        return self.lane == other.lane and self.left < other.right + GAP and other.left < self.right + GAP

    def crosses(self, other: "Spot") -> bool:
        """Whether the stem of the farther label runs through the text of the nearer one."""
        if self.lane == other.lane:
            return False
        near, far = (self, other) if self.lane < other.lane else (other, self)
        return near.left - STEM < far.x < near.right + STEM


def merged(marks: Sequence[Mark]) -> list[Mark]:
    """Marks in order of their days; those of one day and kind become one, with the last one's sign."""
    by_place: dict[tuple[date, bool], Mark] = {}
    for mark in sorted(marks, key=lambda item: item.day):
        key = (mark.day, mark.floor)
        earlier = by_place.get(key)
        by_place[key] = replace(mark, label=_together(earlier.label, mark.label)) if earlier else mark
    return [_short(mark) for mark in by_place.values()]


def _together(said: str, further: str) -> str:
    """Two labels of one day as one, what says more standing for both: "Retired at Azure" has "Retired" in it."""
    further_in_line = further[:1].lower() + further[1:]
    parts = said.split(", ")
    if any(
        part.lower() == further.lower() or part.lower().startswith(f"{further.lower()} at ") for part in parts
    ):
        return said
    kept = [part for part in parts if not further.lower().startswith(f"{part.lower()} at ")]
    return ", ".join([*kept, further_in_line]) if kept else further


def _short(mark: Mark) -> Mark:
    """The mark with no more words than a drawing has room for, cut between two of them."""
    if len(mark.label) <= LONGEST:
        return mark
    return replace(mark, label=mark.label[:LONGEST].rsplit(" ", 1)[0] + " …")


def spots_for(marks: Sequence[Mark], x_of: Callable[[date], float]) -> list[Spot]:
    """A spot for each mark. Several ways of going through them are tried; the plainest layout is taken."""
    orders = (list(marks), list(reversed(marks)))
    layouts = [
        _layout(order, x_of, first, strict)
        for order, first, strict in product(orders, ANCHORS, (False, True))
    ]
    return _centred(min(layouts, key=_untidiness), x_of)


def _centred(spots: list[Spot], x_of: Callable[[date], float]) -> list[Spot]:
    """The same layout with every label centred over its disc where that harms no other."""
    for index, spot in enumerate(spots):
        others = spots[:index] + spots[index + 1 :]
        for way in _ways(spot.mark, x_of(spot.mark.day), spot.lane, "middle"):
            if way.anchor == "middle" and not any(
                way.touches(other) or way.crosses(other) for other in others
            ):
                spots[index] = way
    return spots


def _layout(marks: Sequence[Mark], x_of: Callable[[date], float], first: Anchor, strict: bool) -> list[Spot]:
    """Each mark in the nearest lane that has room; through another label's text only when no lane is left.

    `first` is the anchor that is tried first, and if `strict` the only one where it fits at all.
    """
    spots: list[Spot] = []
    for mark in marks:
        lanes = [_ways(mark, x_of(mark.day), lane, first) for lane in range(len(marks))]
        ways = [way for lane in lanes for way in (lane[:1] if strict else lane)]
        clear = (way for way in ways if not any(way.touches(spot) or way.crosses(spot) for spot in spots))
        apart = (way for way in ways if not any(map(way.touches, spots)))
        spots.append(next(clear, None) or next(apart))
    return spots


def _untidiness(spots: Sequence[Spot]) -> tuple[int, int, int]:
    crossings = sum(one.crosses(other) for one, other in combinations(spots, 2))
    lanes = max((spot.lane for spot in spots), default=0)
    return crossings, lanes, sum(spot.anchor != "middle" for spot in spots)


def _ways(mark: Mark, x: float, lane: int, first: Anchor) -> list[Spot]:
    """The ways a label can stand at its disc: centred, to its right, to its left; never beyond the drawing."""
    width = min(100 * CHARACTER * max(len(mark.label), len(date_line(mark))) / NARROWEST, 100 - 2 * EDGE)
    lefts: dict[Anchor, float] = {"middle": x - width / 2, "start": x + ASIDE, "end": x - ASIDE - width}
    ways = [Spot(mark, x, left, left + width, anchor, lane) for anchor, left in lefts.items()]
    inside = [spot for spot in ways if spot.left >= EDGE and spot.right <= 100 - EDGE]
    left = min(max(x - width / 2, EDGE), 100 - EDGE - width)
    inside = inside or [Spot(mark, x, left, left + width, "start", lane)]
    return sorted(inside, key=lambda spot: spot.anchor != first)


def date_line(mark: Mark) -> str:
    """The second line of a label: its day, and the mark's note."""
    return day_text(mark.day, weekday=False) + (f", {mark.note}" if mark.note else "")
