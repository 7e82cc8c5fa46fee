"""The tally's drawing: pure shares of a roll, and the initials that stand for its people. Not here: counting votes."""

from dataclasses import dataclass

from config.drawing import percent
from config.labels import Anchor

MANY = 24  # more electors than this are marks without initials


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


def initials(name: str) -> str:
    """At most three capitals to stand for a name: "Ada Lovelace" is AL, "Chair" is Ch, "Vice-chair" is VC."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].title()
    if words[0].lower() == "member" and len(words) == 2:
        return words[1][:3]
    return "".join(word[0] for word in words[:3]).upper()
