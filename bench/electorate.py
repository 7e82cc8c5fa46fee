"""A board with as many electors as are asked for, an open vote of theirs, and each of them signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from accounts import commands as accounts
from accounts.models import Person
from bench.visitors import signed_in
from board.commands import ballots, boards, motions
from board.models import Ballot, Board
from config import demo
from core import clock


@dataclass(frozen=True)
class Electorate:
    """A board and its electors, in the order of the roll."""

    board: Board
    electors: Sequence[Person]

    def opened(self, title: str = "Shall the reading room open on Sundays?") -> Ballot:
        """An open vote on a resolution, for ten days."""
        motion = motions.move_motion(
            actor=demo.actor("steward"),
            board_id=self.board.pk,
            kind="resolution",
            title=title,
            text="Open the reading room on Sundays from 10:00 to 16:00.",
            status_quo="It stays closed on Sundays.",
        )
        return ballots.open_ballot(
            actor=demo.actor("secretary"), motion_id=motion.pk, closes_at=clock.now() + timedelta(days=10)
        )

    def clients(self) -> list[Client]:
        """A browser for each elector, signed in."""
        return [signed_in(person) for person in self.electors]


def electorate(count: int) -> Electorate:
    """Found it by the product's own commands; the demonstration's people must be there."""
    steward, secretary = demo.actor("steward"), demo.person("secretary")
    board = boards.found_board(actor=steward, name=f"Board of {count} {uuid4().hex[:6]}", demonstration=True)
    boards.seat_member(
        actor=steward, board_id=board.pk, person_id=secretary.pk, role="secretary", basis="The founding"
    )
    electors = []
    for number in range(1, count + 1):
        person = accounts.admit_person(
            actor=steward,
            name=f"Elector {number}",
            email=f"elector-{number}-{board.pk.hex[:8]}@example.org",
            affiliation=f"Branch {number % 25 + 1}",
        )
        accounts.grant_role(actor=steward, person_id=person.pk, role="board_member")
        boards.seat_member(
            actor=steward,
            board_id=board.pk,
            person_id=person.pk,
            role="chair" if number == 1 else "member",
            basis="Elected by the readers",
        )
        electors.append(person)
    return Electorate(board, electors)
