"""Opening a vote, and the motion under it: each rule by name, with the sequence it comes from (T15 …)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, boards, motions
from board.models import Ballot, Position, Seat, Terms
from board.queries import roll_of
from board.registry import MotionKind, kinds
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from tests.board.commands.rounds import take
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for, seat_more, vote

pytestmark = pytest.mark.django_db


def test_opening_freezes_roll_rules_and_text(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    assert [(row.order, row.name, row.role) for row in ballot.electors.order_by("order")] == [
        (1, "Chair", "chair"),
        (2, "Colleague", "member"),
        (3, "Member", "member"),
    ]
    assert ballot.electors.get(name="Chair").affiliation == "Office of the chair"
    assert ballot.terms["name"] == "ordinary"
    assert ballot.terms["version"] == 1
    assert len(ballot.motion_digest) == 64
    ballot.motion.refresh_from_db()
    assert (ballot.state, ballot.round, ballot.motion.state) == ("open", 1, "balloted")
    event = Event.objects.get(verb="board.ballot.opened")
    assert event.data["electors"] == ["Chair", "Colleague", "Member"]


def test_the_secretary_and_alternates_not_seated_for_anybody_are_not_electors(cast: Cast) -> None:
    board = found_board(cast)
    seat_more(cast, board, 1, role="alternate")
    ballot = open_ballot_for(cast, move_motion(cast, board))
    assert set(ballot.electors.values_list("name", flat=True)) == {"Chair", "Member", "Colleague"}


def test_an_alternate_seated_before_opening_stands_in_the_members_place(cast: Cast) -> None:
    board = found_board(cast)
    (alternate,) = seat_more(cast, board, 1, role="alternate")
    boards.seat_alternate(
        actor=cast.secretary,
        seat_id=Seat.objects.get(person_id=alternate.id).pk,
        member_seat_id=Seat.objects.get(person_id=cast.member.id).pk,
        reason="The member is travelling.",
    )
    ballot = open_ballot_for(cast, move_motion(cast, board))
    line = ballot.electors.get(person_id=alternate.id)
    assert (line.role, line.alternate_for) == ("alternate", "Member")
    assert not ballot.electors.filter(person_id=cast.member.id).exists()
    take(alternate, ballot)
    with pytest.raises(NotAllowed, match="not on the roll"):
        take(cast.member, ballot)


def test_only_the_secretary_of_the_board_opens_a_vote(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast))
    for actor in (cast.steward, cast.chair, cast.member, cast.auditor, cast.outsider):
        with pytest.raises(NotAllowed, match="Only the secretary"):
            ballots.open_ballot(actor=actor, motion_id=motion.pk, closes_at=clock.now() + timedelta(days=9))
    assert not Ballot.objects.exists()
    assert Event.objects.filter(verb="board.ballot.opened", outcome="refused").count() == 5


def test_obstacles_of_the_kind_are_listed_in_words_and_nothing_is_opened(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = MotionKind(
        "Blocked", "ordinary", obstacles=lambda motion: ["No interview.", "No replacement named."]
    )
    monkeypatch.setitem(kinds._items, "blocked", blocked)
    motion = move_motion(cast, found_board(cast), kind="blocked")
    with pytest.raises(IllegalMove, match=r"No interview\. No replacement named\."):
        open_ballot_for(cast, motion)
    assert not Ballot.objects.exists()


def test_a_board_that_governs_keeps_the_minimum_opening(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast, demonstration=False))
    with pytest.raises(Unacceptable, match="at least 3 days") as refusal:
        open_ballot_for(cast, motion, days=2.9)
    assert refusal.value.field == "closes_at"
    assert open_ballot_for(cast, motion, days=3.1).state == "open"


def test_a_demonstration_board_has_no_minimum_opening_and_its_ballots_say_so(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=0.01)
    assert (ballot.terms["minimum_opening_days"], ballot.terms["notice_days"]) == (0, 0)
    assert ballot.terms["demonstration"] is True


def test_a_vote_cannot_close_before_it_opens(cast: Cast) -> None:
    with pytest.raises(Unacceptable, match="after now"):
        open_ballot_for(cast, days=-1)


def test_t25_a_second_ballot_on_one_motion_is_refused_by_command_and_database(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove, match="in a vote"):
        open_ballot_for(cast, ballot.motion)
    with pytest.raises(IntegrityError, match="ballot_one_live_per_motion"), recorded():
        Ballot.objects.create(
            motion=ballot.motion,
            round=2,
            state="open",
            terms=ballot.terms,
            motion_digest="",
            opens_at=ballot.opens_at,
            closes_at=ballot.closes_at,
        )


def test_a_board_without_members_cannot_open_a_vote(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Empty board", demonstration=True)
    boards.seat_member(
        actor=cast.steward, board_id=board.pk, person_id=cast.secretary.id, role="secretary", basis="Founding"
    )
    with pytest.raises(IllegalMove, match="Seat its members first"):
        open_ballot_for(cast, move_motion(cast, board))


def test_t15_the_text_is_frozen_once_the_vote_is_open(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove, match="frozen"):
        motions.edit_motion(
            actor=cast.steward, motion_id=ballot.motion_id, title="X", text="Y", status_quo="Z"
        )


def test_t16_an_amended_round_keeps_the_first_rounds_positions_uncounted(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member)
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
    assert (ballot.state, second.round, motion.revision) == ("superseded", 2, 2)
    assert Position.objects.filter(ballot=ballot).count() == 2
    assert roll_of(second, clock.now()).counts.approve == 0
    assert second.motion_digest != ballot.motion_digest


def test_t26_new_rules_do_not_reach_an_open_ballot(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    first = Terms.objects.get(board=ballot.motion.board, name="ordinary")
    with recorded():
        Terms.objects.create(
            board=first.board,
            name="ordinary",
            version=2,
            arithmetic={**first.arithmetic, "least_approvals": 3},
            minimum_opening_days=5,
            adopted_at=clock.now(),
            basis="Decision 2026-02",
        )
    ballot.refresh_from_db()
    assert ballot.terms["version"] == 1
    assert ballot.arithmetic.least_approvals == 2
