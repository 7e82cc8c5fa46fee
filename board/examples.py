"""What voting rules come to for a board of a given size, and how a term of office is drawn. Pure.

English for the page of members and rules; the words of the rules themselves are in `board.wording`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from board.tally import CARRIED, Counts, Terms, decide
from board.wording import counted, number

# A board without members yet is shown the numbers of a usual one.
USUAL_ROLL = 9


def least_to_carry(terms: Terms, roll: int, *, others: str) -> int | None:
    """The fewest approvals that carry a vote of `roll` electors when all others are "reject" or "silent"."""
    for approve in range(roll + 1):
        rest = roll - approve
        counts = Counts(roll=roll, approve=approve, reject=rest if others == "reject" else 0)
        if decide(terms, counts).result == CARRIED:
            return approve
    return None


@lru_cache(maxsize=256)
def worked_example(terms: Terms, roll: int) -> str:
    """The rules worked through with numbers: "Of nine, six approvals carry it against three; …"."""
    against = least_to_carry(terms, roll, others="reject")
    alone = least_to_carry(terms, roll, others="silent")
    if against is None:
        return f"With {number(roll)} on the roll nothing can carry: too few could act."
    parts = [
        f"Of {number(roll)}, {counted(against, 'approval carries', 'approvals carry')} it"
        + (f" against {number(roll - against)}" if roll > against else ", which is all of them")
    ]
    if alone is not None and alone != against:
        verb = "carries" if alone == 1 else "carry"
        parts.append(f"{number(alone)} {verb} it if the other {number(roll - alone)} stay silent")
    elif alone is not None and roll > against:
        parts.append("the same if the others stay silent")
    return "; ".join(parts) + "."


@dataclass(frozen=True)
class Span:
    """One term of office as a bar: where it begins, how long it is, and where today stands. All in per cent."""

    start: str
    length: str
    today: str
    open_ended: bool


def spans(offices: list[tuple[date, date | None]], today: date) -> list[Span]:
    """The terms of office of one board on one scale, from the earliest start to the latest end known.

    One without an end runs to the edge. Where no end is named at all, a year from today is the edge.
    """
    if not offices:
        return []
    first = min([start for start, _ in offices] + [today])
    ends = [end for _, end in offices if end is not None]
    last = max([*ends, today + timedelta(days=90 if ends else 365)])
    length = (last - first).days or 1

    def place(day: date) -> float:
        return 100 * (day - first).days / length

    return [
        Span(
            start=f"{place(start):.2f}%",
            length=f"{max(place(end or last) - place(start), 1.5):.2f}%",
            today=f"{place(today):.2f}%",
            open_ended=end is None,
        )
        for start, end in offices
    ]
