"""The secretary's view: members × open votes. Who has voted, never how.

Between views and queries, as `board.pages`: no request, no form, no HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import QueryDict

from board import wording
from board.models import Ballot
from board.queries import rolls_of
from board.roll import Line
from board.standing import standing
from board.steps.mails import reminder_slot
from core import clock
from core.paging import Page, page_of
from mail.queries import occasions_told

# What a cell says. Approve, reject and abstain are one thing here: a vote. A hold is told, since it blocks.
SHOWN = {"approve": "voted", "reject": "voted", "abstain": "voted"}
SOON = timedelta(days=2)
#: Members on a page.
SIZE = 40


@dataclass(frozen=True)
class Column:
    """One open vote: how it will end as things are, and whom it waits for; of a secret one nothing but its close."""

    ballot: Ballot
    forecast: str
    participation: str
    silent: int
    soon: bool
    reminded: bool

    @property
    def secret(self) -> bool:
        return self.ballot.secret


@dataclass(frozen=True)
class MatrixRow:
    """One person over all these votes; None where they are not on the roll."""

    id: UUID
    name: str
    cells: list[str | None]

    @property
    def owes(self) -> int:
        return self.cells.count("silent")


@dataclass(frozen=True)
class Matrix:
    columns: list[Column]
    members: Page[MatrixRow]

    @property
    def pairs(self) -> list[tuple[MatrixRow, list[tuple[Column, str | None]]]]:
        """Every row with its cells and their columns, for a table that folds."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.members.rows]


def matrix_of(ballots: Sequence[Ballot], asked: QueryDict) -> Matrix:
    """The view of these open ballots, members who owe most first. Three queries, however many there are.

    `asked` is the query string: of many members one page is shown.
    """
    now = clock.now()
    secret = {ballot.pk: ballot.keeps_secret for ballot in ballots}
    rolls = {key: roll.masked(None) if secret[key] else roll for key, roll in rolls_of(ballots, now).items()}
    slots = {reminder_slot(ballot, now.date()): ballot.pk for ballot in ballots}
    reminded = {slots[slot] for slot in occasions_told(slots)}
    people: dict[UUID, str] = {}
    for ballot in ballots:
        for line in rolls[ballot.pk].lines:
            people.setdefault(line.person_id, line.name)
    columns = []
    for ballot in ballots:
        counts = rolls[ballot.pk].counts
        found = standing(ballot.arithmetic, counts)
        columns.append(
            Column(
                ballot=ballot,
                forecast=""
                if secret[ballot.pk]
                else wording.forecast(found, gates=ballot.arithmetic.quorum_gates),
                participation="" if secret[ballot.pk] else wording.participation_sentence(counts),
                silent=counts.silent,
                soon=ballot.closes_at - now < SOON,
                reminded=ballot.pk in reminded,
            )
        )
    rows = [
        MatrixRow(
            person,
            name,
            [_cell(rolls[ballot.pk].line_of(person), secret=secret[ballot.pk]) for ballot in ballots],
        )
        for person, name in people.items()
    ]
    owing = page_of(
        rows, asked, key=lambda row: (-row.owes, row.name, str(row.id)), size=SIZE, name="members"
    )
    return Matrix(columns, owing)


def _cell(line: Line | None, *, secret: bool) -> str | None:
    if line is None:
        return None
    return "secret" if secret else SHOWN.get(line.status, line.status)
