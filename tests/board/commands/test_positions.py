"""Positions: each rule by name, with the event sequence it comes from (T01 …)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from audit.models import Event
from audit.testing import recorded
from board.models import Position
from board.queries import roll_of
from board.tasks import close_due_ballots
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from tests.board.commands.rounds import status, take
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for, seat_more, vote

pytestmark = pytest.mark.django_db


def test_t01_a_vote_one_second_before_the_close_counts(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - timedelta(seconds=1)):
        take(cast.member, ballot)
    with clock.frozen(ballot.closes_at + timedelta(hours=1)):
        assert status(ballot, cast.member) == "approve"


def test_t02_a_vote_at_the_close_exactly_is_late_even_when_the_closing_job_is_later(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    events = Event.objects.filter(verb="board.position.taken", outcome="done").count()
    for late in (timedelta(0), timedelta(minutes=10)):
        with clock.frozen(ballot.closes_at + late), pytest.raises(IllegalMove, match="closed on"):
            take(cast.member, ballot)
    assert not Position.objects.exists()
    assert Event.objects.filter(verb="board.position.taken", outcome="done").count() == events
    with clock.frozen(ballot.closes_at + timedelta(minutes=10)):
        assert close_due_ballots() == 1
    ballot.refresh_from_db()
    assert ballot.counts_until == ballot.closes_at < ballot.closed_at


def test_t03_approve_reject_approve_counts_once_and_shows_three(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    take(cast.member, ballot, "reject", reason="The replacement is not ready.")
    take(cast.member, ballot, "approve", reason="It is ready now.")
    line = roll_of(ballot, clock.now()).line_of(cast.member.id)
    assert line is not None
    assert line.status == "approve"
    assert [stance.position for stance in line.stances] == ["approve", "reject", "approve"]
    assert Event.objects.filter(verb="board.position.taken", outcome="done").count() == 3


def test_t04_the_very_same_again_is_unchanged_and_makes_no_event(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    first = take(cast.member, ballot, "hold", reason="A copy is missing.", lifts_when="The copy is found.")
    again = take(cast.member, ballot, "hold", reason=" A copy is missing. ", lifts_when="The copy is found.")
    assert first == again
    assert Position.objects.count() == 1
    assert Event.objects.filter(verb="board.position.taken").count() == 1


@pytest.mark.parametrize(
    ("position", "said", "field"),
    [
        ("reject", {}, "reason"),
        ("reject", {"reason": "   "}, "reason"),
        ("hold", {"lifts_when": "The check is done."}, "reason"),
        ("hold", {"reason": "A check is missing."}, "lifts_when"),
        ("maybe", {}, "position"),
        ("", {}, "position"),
    ],
)
def test_t17_reject_and_hold_need_a_reason_and_a_hold_what_lifts_it(
    cast: Cast, position: str, said: dict[str, str], field: str
) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(Unacceptable) as refusal:
        take(cast.member, ballot, position, **said)
    assert refusal.value.field == field
    assert not Position.objects.exists()


def test_any_change_needs_a_reason(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    with pytest.raises(Unacceptable, match="why you change"):
        take(cast.member, ballot, "abstain")
    take(cast.member, ballot, "abstain", reason="I know too little.")
    assert status(ballot, cast.member) == "abstain"


def test_what_lifts_it_is_kept_for_holds_only(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    taken = take(cast.member, ballot, "approve", lifts_when="left over from an earlier choice")
    assert taken.lifts_when == ""


def test_a_position_is_never_updated_or_deleted(cast: Cast) -> None:
    taken = take(cast.member, open_ballot_for(cast))
    for change in ("update board_position set position = 'abstain'", "delete from board_position"):
        with pytest.raises(Exception, match="append-only"), recorded():
            connection.cursor().execute(change)
    taken.refresh_from_db()
    assert taken.position == "approve"


def test_the_database_refuses_a_hold_without_a_reason_too(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    elector = ballot.electors.get(person_id=cast.member.id)
    with pytest.raises(IntegrityError, match="position_"), recorded():
        Position.objects.create(
            ballot=ballot,
            elector=elector,
            number=1,
            position="hold",
            entered_by_id=cast.member.id,
            entered_by_name="Member",
            taken_at=clock.now(),
        )


def test_a_newcomer_reads_but_does_not_vote_and_is_told_why_t12(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    (newcomer,) = seat_more(cast, ballot.motion.board, 1)
    with pytest.raises(NotAllowed, match="not on the roll when this vote opened"):
        take(newcomer, ballot)
    assert not ballot.electors.filter(person_id=newcomer.id).exists()


def test_the_secretary_has_no_vote(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="keeps the vote and has none"):
        take(cast.secretary, open_ballot_for(cast))


@pytest.mark.parametrize("who", ["steward", "auditor", "interviewer", "editor", "archivist", "outsider"])
def test_t14_nobody_off_the_roll_votes_whatever_their_role(cast: Cast, who: str) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(NotAllowed, match="You are not on it"):
        take(getattr(cast, who), ballot)
    assert not Position.objects.exists()


def test_t13_a_phoned_vote_keeps_member_and_who_entered_it(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    taken = take(cast.secretary, ballot, "approve", entered_for=cast.member.id, reason="By telephone, 09:40.")
    assert taken.elector.person_id == cast.member.id
    assert (taken.entered_by_id, taken.entered_by_name) == (cast.secretary.id, "Secretary")
    event = Event.objects.get(verb="board.position.taken")
    assert (event.actor_name, event.on_behalf_of_name) == ("Secretary", "Member")


def test_only_the_secretary_enters_a_position_for_a_member(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    for actor in (cast.chair, cast.steward, cast.auditor):
        with pytest.raises(NotAllowed, match="Only the secretary of this board may enter"):
            take(actor, ballot, entered_for=cast.member.id)


def test_a_mover_on_the_roll_may_vote(cast: Cast) -> None:
    board = found_board(cast)
    ballot = open_ballot_for(cast, move_motion(cast, board, mover=cast.member))
    assert take(cast.member, ballot).position == "approve"


def test_t18_a_hold_lapses_to_no_position_after_fourteen_days(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=30)
    vote(ballot, "hold", cast.member)
    with clock.moved(timedelta(days=13, hours=23)):
        assert status(ballot, cast.member) == "hold"
    with clock.moved(timedelta(days=14, minutes=1)):
        roll = roll_of(ballot, clock.now())
        line = roll.line_of(cast.member.id)
        assert line is not None
        assert (line.status, line.lapsed) == ("silent", True)
        assert roll.counts.abstain == 0
        same = {"reason": "Because I hold.", "lifts_when": "The third copy is checked."}
        with pytest.raises(IllegalMove, match="Place a new one for a reason that is new"):
            take(cast.member, ballot, "hold", **same)
        take(cast.member, ballot, "hold", reason="The second copy is gone.", lifts_when="It is back.")
        assert status(ballot, cast.member) == "hold"
