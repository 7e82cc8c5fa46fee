"""Recusal and departure: each rule by name, with the event sequence it comes from (T05 …)."""

from datetime import timedelta

import pytest

from audit.models import Event
from board.commands import ballots, boards
from board.models import Elector, Recusal, Seat
from board.queries import roll_of
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from tests.board.commands.rounds import status, take
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for

pytestmark = pytest.mark.django_db


def test_t05_a_recusal_voids_the_position_and_takes_the_member_off_the_eligible(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="authored", text="I trained it.")
    roll = roll_of(ballot, clock.now())
    line = roll.line_of(cast.member.id)
    assert line is not None
    assert (line.status, line.counted) == ("recused", None)
    assert [stance.position for stance in line.stances] == ["approve"]
    assert (roll.counts.eligible, roll.counts.approve) == (2, 0)


def test_a_recusal_is_irrevocable_in_the_round(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    first = ballots.recuse(
        actor=cast.member, ballot_id=ballot.pk, category="personal", text="My sister works on it."
    )
    with pytest.raises(NotAllowed, match="stands for the round"):
        take(cast.member, ballot)
    with pytest.raises(NotAllowed, match="stands for the round"):
        take(cast.secretary, ballot, entered_for=cast.member.id)
    assert ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="other", text="Again.") == first
    assert Recusal.objects.get().category == "personal"


@pytest.mark.parametrize("who", ["steward", "secretary", "auditor", "outsider"])
def test_nobody_but_an_elector_recuses_and_only_themselves(cast: Cast, who: str) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(NotAllowed, match="only themselves"):
        ballots.recuse(
            actor=getattr(cast, who), ballot_id=ballot.pk, category="other", text="For somebody else."
        )


def test_t06_after_the_close_nobody_recuses(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at), pytest.raises(IllegalMove, match="found after the close"):
        ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="financial", text="I own shares.")


@pytest.mark.parametrize(("category", "text"), [("", "Something."), ("whim", "Something."), ("other", " ")])
def test_a_recusal_names_a_category_and_says_why(cast: Cast, category: str, text: str) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(Unacceptable):
        ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category=category, text=text)
    assert not Recusal.objects.exists()


def test_t07_t08_a_term_that_ends_while_the_vote_is_open_changes_nothing(cast: Cast) -> None:
    board = found_board(cast)
    for who in ("member", "colleague"):
        seat = Seat.objects.get(person_id=cast.person(who).pk)
        boards.end_seat(actor=cast.secretary, seat_id=seat.pk, basis="Replaced by a seat with a term")
        boards.seat_member(
            actor=cast.secretary,
            board_id=board.pk,
            person_id=cast.person(who).pk,
            role="member",
            basis="Elected",
            ends_on=clock.today() + timedelta(days=1),
        )
    ballot = open_ballot_for(cast, move_motion(cast, board))
    take(cast.member, ballot)
    with clock.moved(timedelta(days=5)):
        assert status(ballot, cast.member) == "approve"
        take(cast.colleague, ballot)
        assert roll_of(ballot, clock.now()).counts.eligible == 3


def test_t09_resigning_without_a_position_leaves_the_roll(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    seat = Seat.objects.get(person_id=cast.member.id)
    boards.end_seat(actor=cast.member, seat_id=seat.pk, basis="I resign: I am moving away.")
    elector = Elector.objects.get(ballot=ballot, person_id=cast.member.id)
    assert elector.departure_basis == "I resign: I am moving away."
    assert roll_of(ballot, clock.now()).counts.eligible == 2
    departed = Event.objects.get(verb="board.elector.departed")
    assert departed.caused_by == Event.objects.get(verb="board.seat.ended")
    with pytest.raises(NotAllowed, match="left the board"):
        take(cast.member, ballot)


def test_t10_t11_resigning_or_removed_after_voting_leaves_the_vote_standing(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    seat = Seat.objects.get(person_id=cast.member.id)
    boards.end_seat(actor=cast.steward, seat_id=seat.pk, basis="Removed by decision 2026-01.")
    assert status(ballot, cast.member) == "approve"
    assert roll_of(ballot, clock.now()).counts.eligible == 3
