"""Motions: moving, changing before a vote, withdrawing."""

from uuid import uuid4

import pytest

from audit.models import Event
from board.commands import ballots, motions
from board.models import Motion
from board.steps import make_motion
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for, vote

pytestmark = pytest.mark.django_db

WORDS = {"title": "Shall we?", "text": "Do it.", "status_quo": "It is not done."}


def test_motions_are_numbered_per_board(cast: Cast) -> None:
    board = found_board(cast)
    assert [move_motion(cast, board).number for _ in range(3)] == [1, 2, 3]
    other = found_board_without_seats(cast)
    assert motions.move_motion(actor=cast.steward, board_id=other, kind="resolution", **WORDS).number == 1


def found_board_without_seats(cast: Cast):  # type: ignore[no-untyped-def]
    from board.commands import boards  # noqa: PLC0415

    return boards.found_board(actor=cast.steward, name="Another board").pk


@pytest.mark.parametrize("who", ["steward", "chair", "member"])
def test_stewards_and_members_move_motions(cast: Cast, who: str) -> None:
    motion = move_motion(cast, found_board(cast), mover=getattr(cast, who))
    assert motion.mover_id == getattr(cast, who).id
    assert Event.objects.get(verb="board.motion.moved").actor_id == motion.mover_id


@pytest.mark.parametrize("who", ["secretary", "auditor", "editor", "outsider"])
def test_others_do_not(cast: Cast, who: str) -> None:
    board = found_board(cast)
    with pytest.raises(NotAllowed):
        move_motion(cast, board, mover=getattr(cast, who))


@pytest.mark.parametrize("field", ["title", "text", "status_quo"])
def test_a_motion_says_what_is_asked_and_what_happens_otherwise(cast: Cast, field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        move_motion(cast, found_board(cast), **{field: "  "})
    assert refusal.value.field == field


def test_an_unknown_kind_or_board_is_refused(cast: Cast) -> None:
    with pytest.raises(Unacceptable, match="kind"):
        move_motion(cast, found_board(cast), kind="coup")
    with pytest.raises(NotFound):
        motions.move_motion(actor=cast.steward, board_id=uuid4(), kind="resolution", **WORDS)


def test_make_motion_runs_inside_a_command_only(cast: Cast) -> None:
    board = found_board(cast)
    with pytest.raises(RuntimeError, match="inside a command"):
        make_motion(board_id=board.pk, kind="resolution", **WORDS)


def test_only_the_mover_changes_the_text_and_each_change_is_a_revision(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast))
    with pytest.raises(NotAllowed, match="Only its mover, Steward"):
        motions.edit_motion(actor=cast.chair, motion_id=motion.pk, **WORDS)
    assert motions.edit_motion(actor=cast.steward, motion_id=motion.pk, **WORDS).revision == 2
    assert motions.edit_motion(actor=cast.steward, motion_id=motion.pk, **WORDS).revision == 2
    with pytest.raises(Unacceptable):
        motions.edit_motion(actor=cast.steward, motion_id=motion.pk, **{**WORDS, "text": ""})


def test_t32_a_decided_motion_is_neither_changed_nor_voted_on_again(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    motion = Motion.objects.get()
    with pytest.raises(IllegalMove, match="move a new one"):
        motions.edit_motion(actor=cast.steward, motion_id=motion.pk, **WORDS)
    with pytest.raises(IllegalMove):
        open_ballot_for(cast, motion)
    with pytest.raises(IllegalMove):
        motions.withdraw_motion(actor=cast.steward, motion_id=motion.pk, reason="Too late")


def test_a_motion_is_withdrawn_by_its_mover_before_anybody_voted(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(NotAllowed):
        motions.withdraw_motion(actor=cast.chair, motion_id=ballot.motion_id, reason="Not mine")
    with pytest.raises(Unacceptable):
        motions.withdraw_motion(actor=cast.steward, motion_id=ballot.motion_id, reason="")
    motion = motions.withdraw_motion(actor=cast.steward, motion_id=ballot.motion_id, reason="Overtaken")
    ballot.refresh_from_db()
    assert (motion.state, ballot.state) == ("withdrawn", "withdrawn")


def test_once_somebody_voted_it_belongs_to_the_board(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    with pytest.raises(IllegalMove, match="belongs to the board"):
        motions.withdraw_motion(actor=cast.steward, motion_id=ballot.motion_id, reason="I changed my mind")
