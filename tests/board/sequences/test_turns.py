"""Sequences in which a round takes a turn: another text, a tie, no quorum, a withdrawal (T15, T16, T22 to T24)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.actors import actor_of
from accounts.models import Person
from board.commands import ballots, chair, motions, withdrawals
from board.models import (
    Ballot,
    Motion,
    Position,
)
from board.tasks import close_due_ballots, keep_time
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.board.sequences.rounds import SECOND, certify, close, counts, done, take
from tests.cast import Cast
from tests.factories.board import (
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
    vote,
)

pytestmark = pytest.mark.django_db


def test_t15_the_mover_does_not_edit_the_text_after_the_opening(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove, match="let a new round be opened"):
        motions.edit_motion(
            actor=cast.steward, motion_id=ballot.motion_id, title="X", text="Y", status_quo="Z"
        )


def test_t16_a_superseded_round_is_kept_and_not_counted(cast: Cast, signed_in: Any) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member)
    preview = signed_in("secretary").get(reverse("board:ballot-supersede", args=[ballot.pk]))
    assert "2 of 3 have voted" in preview.content.decode()
    assert "Chair: approve" in " ".join(preview.content.decode().split())
    ballots.supersede_ballot(actor=cast.secretary, ballot_id=ballot.pk, reason="The hours were wrong.")
    motion = motions.edit_motion(
        actor=cast.steward,
        motion_id=ballot.motion_id,
        title="Shall the reading room open on Sundays?",
        text="Open it on Sundays from 11:00 to 15:00.",
        status_quo="It stays closed.",
    )
    second = open_ballot_for(cast, motion)
    ballot.refresh_from_db()
    assert (ballot.state, second.round) == ("superseded", 2)
    assert Position.objects.filter(ballot=ballot).count() == 2
    assert counts(second).participation == 0


def tied(cast: Cast, *, casting: bool) -> Ballot:
    """Four electors: two approve, one rejects… and the chair decides whether it ties."""
    board = found_board(cast)
    seat_more(cast, board, 2)
    if casting:
        adopt_casting(cast, board)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    electors = [actor_of(row) for row in Person.objects.filter(name__startswith="Elector").order_by("name")]
    vote(ballot, "approve", cast.member, cast.colleague)
    vote(ballot, "reject", *electors)
    return ballot


def adopt_casting(cast: Cast, board: Any) -> None:
    motion = motions.propose_terms(
        actor=cast.steward,
        board_id=board.pk,
        name="ordinary_casting",
        minimum_opening_days=0,
        hold_lapse_days=14,
        extension_days=14,
        act_floor=3,
        why="Ties happen.",
    )
    ballot = open_ballot_for(cast, motion)
    everybody = [actor_of(row.person) for row in ballot.electors.select_related("person")]
    vote(ballot, "approve", *everybody)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certify(cast, ballot)


@pytest.mark.parametrize("side", ["approve", "reject"])
def test_the_chair_breaks_a_tie_as_an_event_of_its_own_with_a_reason(cast: Cast, side: str) -> None:
    ballot = tied(cast, casting=True)
    assert ballot.terms["name"] == "ordinary_casting"
    vote(ballot, "abstain", cast.chair)
    with pytest.raises(IllegalMove, match="after the close"):
        chair.cast_casting_vote(actor=cast.chair, ballot_id=ballot.pk, position=side, reason="For the peace.")
    close(cast, ballot)
    with pytest.raises(NotAllowed, match="Only the chair"):
        chair.cast_casting_vote(actor=cast.member, ballot_id=ballot.pk, position=side, reason="Mine.")
    with pytest.raises(Unacceptable, match="Give a reason"):
        chair.cast_casting_vote(actor=cast.chair, ballot_id=ballot.pk, position=side, reason=" ")
    chair.cast_casting_vote(actor=cast.chair, ballot_id=ballot.pk, position=side, reason="For the peace.")
    with pytest.raises(IllegalMove, match="it stands"):
        chair.cast_casting_vote(actor=cast.chair, ballot_id=ballot.pk, position=side, reason="Again.")
    certificate = certify(cast, ballot)
    assert certificate.result == ("carried" if side == "approve" else "not_carried")
    assert certificate.told["casting_vote"]["reason"] == "For the peace."
    assert "the chair’s casting vote decided it" in certificate.sentence
    assert done("board.casting_vote.cast") == 1


def test_a_chair_who_took_a_side_has_no_casting_vote(cast: Cast) -> None:
    board = found_board(cast)
    (extra,) = seat_more(cast, board, 1)
    adopt_casting(cast, board)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    vote(ballot, "approve", cast.chair, cast.member)
    vote(ballot, "reject", cast.colleague, extra)
    close(cast, ballot)
    with pytest.raises(IllegalMove, match="nobody counts twice"):
        chair.cast_casting_vote(actor=cast.chair, ballot_id=ballot.pk, position="approve", reason="Mine.")
    assert certify(cast, ballot).result == "tie"


def test_t23_the_chair_recused_and_a_tie_is_lost(cast: Cast) -> None:
    ballot = tied(cast, casting=True)
    ballots.recuse(actor=cast.chair, ballot_id=ballot.pk, category="personal", text="A tie of my own.")
    close(cast, ballot)
    with pytest.raises(NotAllowed, match="has no casting vote"):
        chair.cast_casting_vote(actor=cast.chair, ballot_id=ballot.pk, position="approve", reason="Mine.")
    certificate = certify(cast, ballot)
    assert certificate.result == "tie"
    assert Motion.objects.get(pk=ballot.motion_id).state == "lost"


def test_t22_quorum_missed_one_extension_and_a_second_miss_is_returned(cast: Cast) -> None:
    board = found_board(cast)
    seat_more(cast, board, 2)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    vote(ballot, "approve", cast.chair)
    closes = ballot.closes_at
    with pytest.raises(Unacceptable, match="no later than"):
        chair.extend_ballot(
            actor=cast.chair,
            ballot_id=ballot.pk,
            closes_at=closes + timedelta(days=14, seconds=1),
            reason="Two are travelling.",
        )
    with pytest.raises(NotAllowed, match="who presides"):
        chair.extend_ballot(
            actor=cast.secretary, ballot_id=ballot.pk, closes_at=closes + timedelta(days=7), reason="No."
        )
    extended = chair.extend_ballot(
        actor=cast.chair,
        ballot_id=ballot.pk,
        closes_at=closes + timedelta(days=14),
        reason="Two are travelling.",
    )
    assert (extended.extended_from, extended.closes_at) == (closes, closes + timedelta(days=14))
    assert Message.objects.filter(kind="board.ballot.extended").count() == 5
    with pytest.raises(IllegalMove, match="A vote is extended once"):
        chair.extend_ballot(
            actor=cast.chair, ballot_id=ballot.pk, closes_at=closes + timedelta(days=15), reason="More."
        )
    with clock.frozen(closes + SECOND):
        take(cast.member, ballot)
    close(cast, extended)
    first = certify(cast, ballot)
    assert (first.result, first.told["extended_from"]) == ("inquorate", closes.isoformat())
    again = open_ballot_for(cast, Motion.objects.get(pk=ballot.motion_id))
    close(cast, again)
    certify(cast, again)
    again.refresh_from_db()
    assert again.state == "returned"
    assert Motion.objects.get(pk=ballot.motion_id).state == "returned"


def test_an_extension_after_the_close_is_refused(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at), pytest.raises(IllegalMove, match="Only an open vote is extended"):
        chair.extend_ballot(
            actor=cast.chair,
            ballot_id=ballot.pk,
            closes_at=ballot.closes_at + timedelta(days=3),
            reason="Late.",
        )


def test_with_the_chair_recused_the_vice_chair_presides(cast: Cast) -> None:
    board = found_board(cast)
    (vice,) = seat_more(cast, board, 1, role="vice_chair")
    ballot = open_ballot_for(cast, move_motion(cast, board))
    said = {
        "ballot_id": ballot.pk,
        "closes_at": ballot.closes_at + timedelta(days=2),
        "reason": "Somebody is ill.",
    }
    with pytest.raises(NotAllowed, match="Only Chair, who presides"):
        chair.extend_ballot(actor=vice, **said)
    ballots.recuse(actor=cast.chair, ballot_id=ballot.pk, category="personal", text="A tie.")
    assert chair.extend_ballot(actor=vice, **said).extended_from is not None


def test_t24_a_withdrawal_after_positions_ends_by_one_objection(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove, match="Nobody has voted yet"):
        withdrawals.ask_withdrawal(actor=cast.steward, ballot_id=ballot.pk, reason="Too early.")
    vote(ballot, "approve", cast.chair)
    with pytest.raises(IllegalMove, match="Ask on the page of the vote"):
        motions.withdraw_motion(actor=cast.steward, motion_id=ballot.motion_id, reason="Too early.")
    with pytest.raises(NotAllowed, match="Only its mover"):
        withdrawals.ask_withdrawal(actor=cast.chair, ballot_id=ballot.pk, reason="Not mine.")
    withdrawals.ask_withdrawal(actor=cast.steward, ballot_id=ballot.pk, reason="The successor is late.")
    with pytest.raises(NotAllowed, match="who presides"):
        withdrawals.agree_to_withdrawal(actor=cast.secretary, ballot_id=ballot.pk)
    agreed = withdrawals.agree_to_withdrawal(actor=cast.chair, ballot_id=ballot.pk)
    assert agreed.takes_effect_at is not None
    with clock.frozen(agreed.takes_effect_at - SECOND):
        assert keep_time() == 0
        withdrawals.object_to_withdrawal(
            actor=cast.member, ballot_id=ballot.pk, objection="The question stays."
        )
    with clock.frozen(agreed.takes_effect_at + SECOND):
        assert keep_time() == 0
        take(cast.member, ballot)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.motion.state) == ("open", "balloted")


def test_a_withdrawal_nobody_objects_to_is_carried_out_after_72_hours(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    withdrawals.ask_withdrawal(actor=cast.steward, ballot_id=ballot.pk, reason="The successor is late.")
    agreed = withdrawals.agree_to_withdrawal(actor=cast.chair, ballot_id=ballot.pk)
    assert agreed.takes_effect_at is not None
    with clock.frozen(agreed.takes_effect_at):
        with pytest.raises(IllegalMove, match="72 hours"):
            withdrawals.object_to_withdrawal(actor=cast.member, ballot_id=ballot.pk, objection="Late.")
        assert keep_time() == 1
        assert keep_time() == 0
    ballot.refresh_from_db()
    assert (ballot.state, Motion.objects.get(pk=ballot.motion_id).state) == ("withdrawn", "withdrawn")
    assert Position.objects.filter(ballot=ballot).count() == 1


def test_a_vote_that_ends_before_the_objections_do_stands(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=2)
    vote(ballot, "approve", cast.chair, cast.member)
    withdrawals.ask_withdrawal(actor=cast.steward, ballot_id=ballot.pk, reason="The successor is late.")
    withdrawals.agree_to_withdrawal(actor=cast.chair, ballot_id=ballot.pk)
    with clock.moved(timedelta(days=4)):
        keep_time()
        close_due_ballots()
    ballot.refresh_from_db()
    assert (ballot.state, ballot.withdrawals.get().state) == ("closed", "overtaken")
