"""The tally's drawing: pure shares of a roll. Not here: counting votes."""

from dataclasses import dataclass

from config.drawing import percent
from config.labels import Anchor

MANY = 24  # more electors than this are marks without initials
CROWD = 100  # more than this are marks alone: the counts beside them and the roll call say who and what


@dataclass(frozen=True)
class Measure:
    """The line under a tally: how far approvals reach, how many are needed, of how many on the roll."""

    eligible: str
    reached: str
    threshold: str
    anchor: Anchor

    @property
    def anchor_class(self) -> str:
        return "" if self.anchor == "start" else self.anchor


def measure(*, roll: int, eligible: int, approve: int, needed: int) -> Measure | None:
    """The measure in shares of the roll; None for an empty roll. What is needed may exceed who is eligible."""
    if roll < 1:
        return None
    share = min(100.0, 100 * needed / roll)
    anchor: Anchor = "start" if share < 8 else "end" if share > 92 else "middle"
    return Measure(percent(100 * eligible / roll), percent(100 * approve / roll), percent(share), anchor)
