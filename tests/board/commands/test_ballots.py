"""Opening, voting, recusing, closing: each rule by name, with the event sequence it comes from (T01 …)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils.dateparse import parse_datetime

from accounts import commands as accounts
from accounts.actors import PersonActor
from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, boards, motions
from board.models import Ballot, Elector, Position, Recusal, Seat, Terms
from board.queries import roll_of
from board.registry import MotionKind, kinds
from board.tasks import close_due_ballots
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from core.policies import Process
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for, seat_more, vote

pytestmark = pytest.mark.django_db


def take(actor: PersonActor, ballot: Ballot, position: str = "approve", **said: Any) -> Position:
    return ballots.take_position(actor=actor, ballot_id=ballot.pk, position=position, **said)


def status(ballot: Ballot, who: PersonActor) -> str:
    line = roll_of(ballot, clock.now()).line_of(who.id)
    assert line is not None
    return line.status


# --- Opening ------------------------------------------------------------------------------------


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


# --- Positions ------------------------------------------------------------------------------------


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


# --- Recusal and departure ------------------------------------------------------------------------


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


# --- Motions under a ballot -----------------------------------------------------------------------


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


# --- Closing --------------------------------------------------------------------------------------


def test_the_closing_job_closes_what_is_due_once_and_leaves_the_rest(cast: Cast) -> None:
    board = found_board(cast)
    due = open_ballot_for(cast, move_motion(cast, board), days=1)
    later = open_ballot_for(cast, move_motion(cast, board), days=3)
    with clock.moved(timedelta(days=2)):
        assert close_due_ballots() == 1
        assert close_due_ballots() == 0
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("closed", "open")
    event = Event.objects.get(verb="board.ballot.closed")
    assert (event.actor_name, event.actor_id, event.data["early"]) == ("The board's clock", None, False)


def test_closing_again_by_the_job_is_unchanged_and_by_the_secretary_refused(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=1)
    with clock.moved(timedelta(days=2)):
        close_due_ballots()
        again = ballots.close_ballot(actor=Process("The board's clock"), ballot_id=ballot.pk)
        assert again.state == "closed"
        with pytest.raises(IllegalMove, match="closed, awaiting certification"):
            ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert Event.objects.filter(verb="board.ballot.closed", outcome="done").count() == 1


def test_the_job_never_closes_early(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    assert ballots.close_ballot(actor=Process("The board's clock"), ballot_id=ballot.pk).state == "open"


def test_early_close_when_everybody_has_voted_and_no_hold_stands(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    with pytest.raises(IllegalMove, match="closes early only when"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    vote(ballot, "reject", cast.member)
    vote(ballot, "hold", cast.colleague)
    with pytest.raises(IllegalMove, match="no hold stands"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    vote(ballot, "abstain", cast.colleague, reason="It is checked.")
    closed = ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert closed.state == "closed"
    assert closed.counts_until == closed.closed_at < closed.closes_at
    assert roll_of(closed, clock.now()).counts.participation == 3


def test_early_close_when_the_silent_can_change_nothing(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member)
    assert ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).state == "closed"


def test_t30_no_early_close_before_the_minimum_time(cast: Cast) -> None:
    ballot = open_ballot_for(cast, move_motion(cast, found_board(cast, demonstration=False)))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with pytest.raises(IllegalMove, match="The earliest close is"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    with clock.moved(timedelta(days=3, minutes=1)):
        assert ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).state == "closed"


def test_irreversible_rules_know_no_early_close(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._items, "remove_weights", MotionKind("Remove weights", "irreversible"))
    ballot = open_ballot_for(cast, move_motion(cast, found_board(cast), kind="remove_weights"))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with pytest.raises(IllegalMove, match="never closes early"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def test_only_the_secretary_or_the_clock_closes(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at):
        for actor in (cast.steward, cast.chair, cast.auditor):
            with pytest.raises(NotAllowed):
                ballots.close_ballot(actor=actor, ballot_id=ballot.pk)


def test_t33_a_daylight_saving_change_does_not_move_the_close(cast: Cast) -> None:
    opened, closes = parse_datetime("2027-03-26T12:00:00+01:00"), parse_datetime("2027-03-29T12:00:00+02:00")
    assert opened is not None
    assert closes is not None
    with clock.frozen(opened):
        motion = move_motion(cast, found_board(cast))
        ballot = ballots.open_ballot(actor=cast.secretary, motion_id=motion.pk, closes_at=closes)
    ballot.refresh_from_db()
    assert ballot.closes_at.isoformat() == "2027-03-29T10:00:00+00:00"
    with clock.frozen(closes - timedelta(seconds=1)):
        take(cast.member, ballot)
    with clock.frozen(closes), pytest.raises(IllegalMove):
        take(cast.chair, ballot)


def test_t34_a_renamed_person_keeps_the_name_they_voted_under(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    person = cast.person("member")
    with recorded():
        person.name = "Somebody Else"
        person.save()
    assert roll_of(ballot, clock.now()).line_of(person.pk).name == "Member"  # type: ignore[union-attr]


def test_a_role_withdrawn_while_the_vote_is_open_does_not_take_the_vote(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    grant = cast.person("member").grants.get()
    accounts.revoke_role(actor=cast.steward, grant_id=grant.pk, reason="Term of the role over.")
    take(cast.member, ballot)
    assert status(ballot, cast.member) == "approve"
