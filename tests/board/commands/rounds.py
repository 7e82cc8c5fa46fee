"""What tests of a round share: taking a position, and where somebody stands."""

from typing import Any

from accounts.actors import PersonActor
from board.commands import ballots
from board.models import Ballot, Position
from board.queries import roll_of
from core import clock


def take(actor: PersonActor, ballot: Ballot, position: str = "approve", **said: Any) -> Position:
    return ballots.take_position(actor=actor, ballot_id=ballot.pk, position=position, **said)


def status(ballot: Ballot, who: PersonActor) -> str:
    line = roll_of(ballot, clock.now()).line_of(who.id)
    assert line is not None
    return line.status
