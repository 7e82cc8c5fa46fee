"""The roll of one ballot, line by line, and what is counted of it. Pure: facts in, facts out.

Not here: loading the facts (`board.queries`), the arithmetic (`board.tally`), words (`board.wording`).
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from board.tally import Casting, Counts

SILENT = "silent"
RECUSED = "recused"
DEPARTED = "departed"


@dataclass(frozen=True)
class Stance:
    """A position as it was recorded.

    `contested`: entered by the secretary, and the member says it is not what they said; it never counts.
    `renewed_at`: when a hold was renewed, if it was.
    """

    number: int
    position: str
    reason: str
    lifts_when: str
    taken_at: datetime
    entered_by: str
    entered_by_id: UUID
    contested: bool = False
    confirmed: bool = False
    renewed_at: datetime | None = None
    id: UUID | None = None

    def lapses_at(self, hold_lapse: timedelta) -> datetime:
        """When a hold stops blocking: its span after it was placed, or after it was renewed."""
        return (self.renewed_at or self.taken_at) + hold_lapse


@dataclass(frozen=True)
class Recused:
    """A recusal as it was declared."""

    category: str
    text: str
    declared_at: datetime
    id: UUID | None = None


@dataclass(frozen=True)
class Line:
    """One elector, and their row's `id`. `stances`: all that were recorded before counting stopped, oldest first.

    `status`: approve, reject, abstain, hold, silent, recused or departed. `lapsed`: a hold that no longer
    blocks, for which the elector counts as silent.
    """

    person_id: UUID
    order: int
    name: str
    role: str
    role_label: str
    affiliation: str
    alternate_for: str
    status: str
    stances: tuple[Stance, ...]
    recusal: Recused | None
    lapsed: bool = False
    id: UUID | None = None

    @property
    def counted(self) -> Stance | None:
        """The position that counts, if one does."""
        return None if self.status in (SILENT, RECUSED, DEPARTED) else self.latest

    @property
    def latest(self) -> Stance | None:
        """The last position that was not contested, whatever became of it."""
        return _last(self.stances)

    @property
    def short(self) -> str:
        """A few letters for a cell of the drawing: the office, else initials."""
        if self.role in ("chair", "vice_chair"):
            return "Ch" if self.role == "chair" else "VC"
        words = self.name.split()
        if words[:1] == ["Member"] and len(words) > 1:
            words = words[1:]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])) or "?"


@dataclass(frozen=True)
class Roll:
    """All lines, in roll order, and the chair's casting vote where one was cast."""

    lines: tuple[Line, ...]
    casting: Casting | None = None

    @property
    def counts(self) -> Counts:
        found = Counter(line.status for line in self.lines)
        return Counts(
            roll=len(self.lines),
            recused=found[RECUSED],
            departed=found[DEPARTED],
            approve=found["approve"],
            reject=found["reject"],
            abstain=found["abstain"],
            hold=found["hold"],
            casting=self.casting,
        )

    def masked(self, person_id: UUID | None) -> "Roll":
        """The roll of a secret vote as one person may know it: their own line, and of the others who is on it."""
        return Roll(
            tuple(
                line
                if line.person_id == person_id
                else replace(
                    line,
                    status=DEPARTED if line.status == DEPARTED else SILENT,
                    stances=(),
                    recusal=None,
                    lapsed=False,
                )
                for line in self.lines
            )
        )

    def having(self, *statuses: str) -> list[Line]:
        """The lines in one of these statuses."""
        return [line for line in self.lines if line.status in statuses]

    def line_of(self, person_id: UUID | None) -> Line | None:
        """The line of one person, if they are on the roll."""
        return next((line for line in self.lines if line.person_id == person_id), None)


def status_of(
    stances: tuple[Stance, ...],
    *,
    recused: bool,
    departed: bool,
    at: datetime,
    hold_lapse: timedelta,
) -> tuple[str, bool]:
    """The status of an elector at an instant, and whether that is because a hold lapsed.

    Recusal voids positions. A hold lapses to silence, not to abstention.
    """
    if recused:
        return RECUSED, False
    if departed:
        return DEPARTED, False
    last = _last(stances)
    if last is None:
        return SILENT, False
    if last.position == "hold" and last.lapses_at(hold_lapse) <= at:
        return SILENT, True
    return last.position, False


def _last(stances: tuple[Stance, ...]) -> Stance | None:
    return next((stance for stance in reversed(stances) if not stance.contested), None)
