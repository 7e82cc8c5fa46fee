"""Sequences of holds: what lifts one, renewal, lapse, the round in which none blocks (T17, T18)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.actors import actor_of
from accounts.models import Person
from board.commands import ballots, holds
from board.models import (
    HoldLapse,
    Position,
)
from board.tally import decide
from board.tasks import keep_time
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.board.sequences.rounds import SECOND, certify, close, counts, done, line, take
from tests.cast import Cast
from tests.factories.board import (
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
    vote,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lifts_when", ["", "   "])
def test_t17_a_hold_without_what_would_lift_it_is_a_form_error(
    cast: Cast, signed_in: Any, lifts_when: str
) -> None:
    ballot = open_ballot_for(cast)
    response = signed_in("member").post(
        reverse("board:ballot-position", args=[ballot.pk]),
        {"position": "hold", "reason": "A copy is missing.", "lifts_when": lifts_when},
    )
    assert response.status_code == 422
    assert "Say what would lift the hold" in response.content.decode()
    assert not Position.objects.exists()


def test_t18_a_hold_not_renewed_lapses_to_no_position_with_an_event_and_a_mail(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=30)
    hold = take(cast.member, ballot, "hold", reason="A copy is missing.", lifts_when="The copy is found.")
    with clock.frozen(hold.taken_at + timedelta(days=14) - SECOND):
        assert line(ballot, cast.member).status == "hold"
        assert keep_time() == 0
    with clock.frozen(hold.taken_at + timedelta(days=14)):
        found = line(ballot, cast.member)
        assert (found.status, found.lapsed) == ("silent", True)
        assert counts(ballot).abstain == 0
        assert keep_time() == 1
        assert keep_time() == 0
        with pytest.raises(IllegalMove, match="Place a new one for a reason that is new"):
            take(cast.member, ballot, "hold", reason="A copy is missing.", lifts_when="The copy is found.")
    assert HoldLapse.objects.get().lapsed_at == hold.taken_at + timedelta(days=14)
    assert done("board.hold.lapsed") == 1
    told = Message.objects.filter(kind="board.hold.lapsed").values_list("recipient__name", flat=True)
    assert set(told) == {"Member", "Secretary"}


def test_a_hold_is_renewed_once_and_then_lapses_for_good(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=60)
    hold = take(cast.member, ballot, "hold", reason="A copy is missing.", lifts_when="The copy is found.")
    with pytest.raises(NotAllowed):
        holds.renew_hold(actor=cast.secretary, ballot_id=ballot.pk, reason="Not mine.")
    with pytest.raises(IllegalMove, match="You have no hold"):
        holds.renew_hold(actor=cast.chair, ballot_id=ballot.pk, reason="I have none.")
    renewed = hold.taken_at + timedelta(days=13)
    with clock.frozen(renewed):
        with pytest.raises(Unacceptable, match="tried so far"):
            holds.renew_hold(actor=cast.member, ballot_id=ballot.pk, reason=" ")
        holds.renew_hold(actor=cast.member, ballot_id=ballot.pk, reason="The archive has not answered.")
        with pytest.raises(IllegalMove, match="A hold is renewed once"):
            holds.renew_hold(actor=cast.member, ballot_id=ballot.pk, reason="Again.")
    with clock.frozen(renewed + timedelta(days=14) - SECOND):
        assert line(ballot, cast.member).status == "hold"
    with clock.frozen(renewed + timedelta(days=14)):
        assert line(ballot, cast.member).status == "silent"
        with pytest.raises(IllegalMove, match="can no longer be renewed"):
            holds.renew_hold(actor=cast.member, ballot_id=ballot.pk, reason="Too late.")


def test_a_hold_is_told_to_those_who_can_lift_it(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot, "hold", reason="A copy is missing.", lifts_when="The copy is found.")
    told = Message.objects.filter(kind="board.hold.placed")
    assert set(told.values_list("recipient__name", flat=True)) == {
        "Chair",
        "Colleague",
        "Secretary",
        "Steward",
    }
    assert all("The copy is found." in text for text in told.values_list("text", flat=True))


def test_an_override_ballot_carries_over_a_hold_but_only_after_a_held_round(cast: Cast) -> None:
    board = found_board(cast)
    seat_more(cast, board, 1)
    motion = move_motion(cast, board)
    with pytest.raises(IllegalMove, match="only after a round that ended held"):
        ballots.open_ballot(
            actor=cast.secretary,
            motion_id=motion.pk,
            closes_at=clock.now() + timedelta(days=3),
            override=True,
        )
    first = open_ballot_for(cast, motion)
    vote(first, "approve", cast.chair, cast.colleague)
    vote(first, "hold", cast.member)
    close(cast, first)
    assert certify(cast, first).result == "held"
    second = ballots.open_ballot(
        actor=cast.secretary,
        motion_id=motion.pk,
        closes_at=clock.now() + timedelta(days=3),
        override=True,
    )
    assert (second.terms["name"], second.round) == ("hold_override", 2)
    vote(second, "approve", cast.chair, cast.colleague)
    vote(second, "hold", cast.member)
    assert decide(second.arithmetic, counts(second)).result != "carried"  # 2 of 4: two thirds of all are 3
    vote(second, "approve", actor_of(Person.objects.get(name="Elector 1")))
    close(cast, second)
    certificate = certify(cast, second)
    motion.refresh_from_db()
    assert (certificate.result, motion.state) == ("carried", "carried")
    assert certificate.told["counts"]["hold"] == 1


def test_what_cannot_be_undone_is_never_carried_over_a_hold(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from board.registry import MotionKind, kinds  # noqa: PLC0415  only here a kind is made up

    monkeypatch.setitem(kinds._items, "remove_weights", MotionKind("Remove weights", "irreversible"))
    motion = move_motion(cast, found_board(cast), kind="remove_weights")
    ballot = open_ballot_for(cast, motion)
    vote(ballot, "approve", cast.chair, cast.colleague)
    vote(ballot, "hold", cast.member)
    close(cast, ballot)
    certify(cast, ballot)
    with pytest.raises(IllegalMove, match="no hold is overridden"):
        ballots.open_ballot(
            actor=cast.secretary,
            motion_id=motion.pk,
            closes_at=clock.now() + timedelta(days=30),
            override=True,
        )
