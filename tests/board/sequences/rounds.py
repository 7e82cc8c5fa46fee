"""What the sequences share: taking a position, and a round as it is counted."""

from datetime import timedelta
from typing import Any

from accounts.actors import PersonActor
from audit.models import Event
from board.commands import ballots
from board.models import (
    Ballot,
    Certificate,
    Position,
    Seat,
)
from board.queries import roll_of
from board.roll import Line, Roll
from board.tasks import close_due_ballots
from core import clock
from tests.cast import Cast

SECOND = timedelta(seconds=1)


def take(actor: PersonActor, ballot: Ballot, position: str = "approve", **said: Any) -> Position:
    return ballots.take_position(actor=actor, ballot_id=ballot.pk, position=position, **said)


def roll(ballot: Ballot) -> Roll:
    """As it is counted now; after the close, as it was counted then."""
    ballot.refresh_from_db()
    return roll_of(ballot, ballot.counts_until or clock.now())


def line(ballot: Ballot, who: PersonActor) -> Line:
    found = roll(ballot).line_of(who.id)
    assert found is not None
    return found


def counts(ballot: Ballot) -> Any:
    return roll(ballot).counts


def done(verb: str) -> int:
    return Event.objects.filter(verb=verb, outcome="done").count()


def seat_of(who: PersonActor) -> Seat:
    return Seat.objects.get(person_id=who.id, ended_at=None)


def close(cast: Cast, ballot: Ballot) -> None:
    """Let its time run out and the job close it."""
    with clock.frozen(ballot.closes_at):
        close_due_ballots()
    ballot.refresh_from_db()


def certify(cast: Cast, ballot: Ballot) -> Certificate:
    return ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
