"""The event sequences of deciding together, T01 to T35, each by its id. (T19 to T21 are for later.)

A sequence that has a test of one rule elsewhere too is told here as a whole, from the first act to what is counted.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from accounts import commands as accounts
from accounts.actors import PersonActor, actor_of
from accounts.models import Person
from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, boards, chair, entered, holds, motions, statements, withdrawals
from board.models import (
    Ballot,
    Certificate,
    Elector,
    HoldLapse,
    Motion,
    Position,
    PositionAnswer,
    Recusal,
    Seat,
    Terms,
)
from board.queries import roll_of
from board.roll import Line, Roll
from board.tally import decide
from board.tasks import close_due_ballots, keep_time
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, NotAllowed, Unacceptable
from lifecycle.commands.commitments import bind_commitment
from mail.models import Message
from tests.cast import Cast
from tests.factories.board import (
    closed_ballot_for,
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
    vote,
)
from tests.factories.lifecycle import make_case, make_commitment, propose

pytestmark = pytest.mark.django_db
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


# --- Counting and timing ---------------------------------------------------------------------------


def test_t01_a_position_one_second_before_the_close_is_counted(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - SECOND):
        take(cast.member, ballot)
    close(cast, ballot)
    assert counts(ballot).approve == 1


@pytest.mark.parametrize("late", [timedelta(0), timedelta(milliseconds=1), timedelta(minutes=10)])
def test_t02_a_position_at_the_close_is_refused_though_the_job_is_late(cast: Cast, late: timedelta) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - timedelta(milliseconds=1)):
        take(cast.chair, ballot)
    with clock.frozen(ballot.closes_at + late), pytest.raises(IllegalMove, match="This vote closed on"):
        take(cast.member, ballot)
    with clock.frozen(ballot.closes_at + timedelta(hours=1)):
        assert close_due_ballots() == 1
        assert close_due_ballots() == 0
    assert counts(ballot).approve == 1
    assert ballot.counts_until == ballot.closes_at
    assert done("board.ballot.closed") == 1


def test_t03_approve_reject_approve_counts_once_and_three_are_shown(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    take(cast.member, ballot, "reject", reason="Not yet.")
    take(cast.member, ballot, "approve", reason="Now.")
    assert counts(ballot).approve == 1
    assert [stance.position for stance in line(ballot, cast.member).stances] == [
        "approve",
        "reject",
        "approve",
    ]
    assert done("board.position.taken") == 3


def test_t04_the_same_twice_is_one_event_and_an_older_tab_is_warned(cast: Cast, signed_in: Any) -> None:
    ballot = open_ballot_for(cast)
    client: Client = signed_in("member")
    url = reverse("board:ballot-position", args=[ballot.pk])
    form = {"position": "approve", "seen": "1.0"}
    assert [client.post(url, form).status_code for _ in range(2)] == [303, 303]
    assert done("board.position.taken") == 1
    other = client.post(url, {"position": "reject", "reason": "From the older tab.", "seen": "1.0"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "Your position was changed in another tab" in page
    assert "From the older tab." in page
    assert Position.objects.count() == 1
    assert f'name="seen" value="1.{Position.objects.get().number}"' in page


def test_t25_a_second_ballot_on_one_motion_is_refused_by_the_database_too(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove):
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


def test_t26_rules_adopted_while_a_vote_is_open_do_not_reach_it(cast: Cast) -> None:
    board = found_board(cast)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    before = digest_of(ballot.terms)
    motion = motions.propose_terms(
        actor=cast.steward,
        board_id=board.pk,
        name="ordinary",
        minimum_opening_days=5,
        hold_lapse_days=21,
        extension_days=7,
        act_floor=2,
        why="Votes were too hasty.",
    )
    other = open_ballot_for(cast, motion)
    vote(other, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=other.pk)
    certificate = certify(cast, other)
    adopted = Terms.objects.get(board=board, name="ordinary", version=2)
    assert (adopted.minimum_opening_days, adopted.hold_lapse_days, adopted.tally_terms.act_floor) == (
        5,
        21,
        2,
    )
    assert adopted.basis == f"Decision {certificate.number}"
    ballot.refresh_from_db()
    assert digest_of(ballot.terms) == before
    with pytest.raises(Unacceptable, match="at least 5 days"):
        open_ballot_for(cast, move_motion(cast, board), days=4)


def test_t28_two_electors_at_the_last_moment_are_both_kept_in_a_fixed_order(cast: Cast) -> None:
    """The lock orders them; threads do the same in test_concurrency."""
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - SECOND):
        take(cast.member, ballot)
        take(cast.colleague, ballot, "reject", reason="No.")
    close(cast, ballot)
    assert list(Position.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert decide(ballot.arithmetic, counts(ballot)) == decide(ballot.arithmetic, counts(ballot))
    assert (counts(ballot).approve, counts(ballot).reject) == (1, 1)


def test_t33_daylight_saving_moves_no_close(cast: Cast) -> None:
    opened, closes = parse_datetime("2027-03-26T12:00:00+01:00"), parse_datetime("2027-03-29T12:00:00+02:00")
    assert opened is not None
    assert closes is not None
    with clock.frozen(opened):
        motion = move_motion(cast, found_board(cast))
        ballot = ballots.open_ballot(actor=cast.secretary, motion_id=motion.pk, closes_at=closes)
    ballot.refresh_from_db()
    assert ballot.closes_at.isoformat() == "2027-03-29T10:00:00+00:00"
    with clock.frozen(closes - SECOND):
        take(cast.member, ballot)
    with clock.frozen(closes), pytest.raises(IllegalMove, match="29 Mar 2027, 10:00 UTC"):
        take(cast.chair, ballot)


def test_t30_everybody_voted_early_and_the_vote_stays_open_for_its_minimum(
    cast: Cast, signed_in: Any
) -> None:
    board = found_board(cast, demonstration=False)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    response = signed_in("secretary").post(reverse("board:ballot-close", args=[ballot.pk]), {"reason": ""})
    assert response.status_code == 409
    assert "The earliest close is" in response.content.decode()
    with clock.moved(timedelta(days=3, minutes=1)):
        assert ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).state == "closed"


# --- Who is on the roll ------------------------------------------------------------------------------


def test_t05_voted_then_recused_is_void_and_struck_through(cast: Cast, signed_in: Any) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="employer", text="We sell the successor.")
    assert (counts(ballot).approve, counts(ballot).eligible) == (0, 2)
    page = signed_in("chair").get(reverse("board:ballot", args=[ballot.pk])).content.decode()
    assert "<s>approve</s> void" in page


def test_t06_no_recusal_after_the_close_and_a_statement_is_offered_instead(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    close(cast, ballot)
    with pytest.raises(IllegalMove, match="told to the secretary"):
        ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="employer", text="Found late.")
    said = statements.make_statement(
        actor=cast.member, ballot_id=ballot.pk, kind="late", text="My employer sells the successor."
    )
    assert not Recusal.objects.exists()
    certificate = certify(cast, ballot)
    assert certificate.told["statements"][0]["text"] == said.text
    assert certificate.told["counts"]["approve"] == 1


@pytest.mark.parametrize("voted", [True, False], ids=["t07 voted before", "t08 not voted before"])
def test_t07_t08_a_term_that_ends_while_open_takes_nobody_off_the_roll(cast: Cast, voted: bool) -> None:
    board = found_board(cast)
    boards.end_seat(actor=cast.secretary, seat_id=seat_of(cast.member).pk, basis="For a seat with a term")
    boards.seat_member(
        actor=cast.secretary,
        board_id=board.pk,
        person_id=cast.member.id,
        role="member",
        basis="Elected",
        ends_on=clock.today() + timedelta(days=1),
    )
    ballot = open_ballot_for(cast, move_motion(cast, board))
    if voted:
        take(cast.member, ballot)
    with clock.moved(timedelta(days=5)):
        if not voted:
            take(cast.member, ballot)
        assert line(ballot, cast.member).status == "approve"
        assert counts(ballot).eligible == 3


def test_t09_resigned_before_voting_leaves_the_eligible_with_a_basis(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    boards.end_seat(actor=cast.member, seat_id=seat_of(cast.member).pk, basis="I am moving away.")
    assert counts(ballot).eligible == 2
    assert Elector.objects.get(person_id=cast.member.id).departure_basis == "I am moving away."
    assert done("board.elector.departed") == 1


def test_t10_resigned_after_voting_the_vote_stands(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    with pytest.raises(Unacceptable, match="does not take back positions"):
        boards.end_seat(
            actor=cast.member, seat_id=seat_of(cast.member).pk, basis="I go.", voids_positions=True
        )
    boards.end_seat(actor=cast.member, seat_id=seat_of(cast.member).pk, basis="I go.")
    assert line(ballot, cast.member).status == "approve"
    assert counts(ballot).eligible == 3


@pytest.mark.parametrize("voids", [False, True])
def test_t11_removed_after_voting_it_stands_unless_the_decision_says_otherwise(
    cast: Cast, voids: bool
) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    boards.end_seat(
        actor=cast.steward,
        seat_id=seat_of(cast.member).pk,
        basis="Removed by decision 2026-01.",
        voids_positions=voids,
    )
    assert line(ballot, cast.member).status == ("departed" if voids else "approve")
    assert counts(ballot).eligible == (2 if voids else 3)
    assert Event.objects.get(verb="board.seat.ended").data["voids_positions"] is voids
    assert Position.objects.count() == 1


def test_t12_seated_while_open_reads_and_is_told_why_they_cannot_vote(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    (newcomer,) = seat_more(cast, ballot.motion.board, 1)
    client = Client()
    client.force_login(
        Person.objects.get(pk=newcomer.id).user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = client.get(reverse("board:ballot", args=[ballot.pk]))
    assert page.status_code == 200
    assert "You were not on the roll when this vote opened" in page.content.decode()
    with pytest.raises(NotAllowed, match="you vote in the next"):
        take(newcomer, ballot)


def test_t14_a_superuser_is_no_elector(cast: Cast, signed_in: Any) -> None:
    """There is no superuser; Django's flags on a sign-in give nothing, whatever wrote them."""
    ballot = open_ballot_for(cast)
    user = cast.person("outsider").user
    for flag in ("is_superuser", "is_staff"):
        setattr(user, flag, True)
    client: Client = signed_in("outsider")
    assert client.get(reverse("board:ballot-position", args=[ballot.pk])).status_code == 404
    steward = signed_in("steward")
    assert steward.get(reverse("board:ballot-position", args=[ballot.pk])).status_code == 403
    answer = steward.post(reverse("board:ballot-position", args=[ballot.pk]), {"position": "approve"})
    assert answer.status_code == 403
    assert not Position.objects.exists()


def test_t34_renamed_later_the_certificate_keeps_the_name_voted_under(cast: Cast) -> None:
    ballot = closed_ballot_for(cast)
    person = cast.person("member")
    with recorded():
        person.name = "Somebody Else"
        person.save()
    certificate = certify(cast, ballot)
    assert "Member" in [row["name"] for row in certificate.told["roll"]]
    assert "Somebody Else" not in str(certificate.told)
    with pytest.raises(Exception, match=r"protected|PROTECT|Cannot delete"):
        person.delete()


# --- Holds ---------------------------------------------------------------------------------------------


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


# --- Recusal, alternates, entered for a member -----------------------------------------------------------


def test_t13_a_phoned_vote_bears_both_names_and_the_member_confirms_or_contests(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    taken = take(
        cast.secretary, ballot, "reject", reason="By telephone: not yet.", entered_for=cast.member.id
    )
    assert (taken.elector.name, taken.entered_by_name) == ("Member", "Secretary")
    event = Event.objects.get(verb="board.position.taken")
    assert (event.actor_name, event.on_behalf_of_name) == ("Secretary", "Member")
    mail = Message.objects.get(kind="board.position.entered")
    assert mail.recipient_id == cast.member.id
    assert mail.url == reverse("board:ballot-answer", args=[ballot.pk, taken.number])
    assert "reject" not in mail.text
    with pytest.raises(NotAllowed):
        entered.answer_position(actor=cast.chair, ballot_id=ballot.pk, number=taken.number, answer="confirm")
    with pytest.raises(Unacceptable, match="Say what you had asked"):
        entered.answer_position(actor=cast.member, ballot_id=ballot.pk, number=taken.number, answer="contest")
    entered.answer_position(
        actor=cast.member,
        ballot_id=ballot.pk,
        number=taken.number,
        answer="contest",
        text="I asked for time, no more.",
    )
    assert line(ballot, cast.member).status == "silent"
    assert Message.objects.filter(kind="board.position.contested").count() == 1
    take(cast.member, ballot)
    assert line(ballot, cast.member).status == "approve"


def test_t13_contested_after_the_close_it_does_not_count_and_confirmed_it_does(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.colleague, ballot)
    take(cast.secretary, ballot, "approve", entered_for=cast.member.id)
    chairs = take(cast.secretary, ballot, "approve", entered_for=cast.chair.id)
    close(cast, ballot)
    assert counts(ballot).approve == 3
    entered.answer_position(
        actor=cast.member, ballot_id=ballot.pk, number=2, answer="contest", text="I never said so."
    )
    entered.answer_position(actor=cast.chair, ballot_id=ballot.pk, number=chairs.number, answer="confirm")
    certificate = certify(cast, ballot)
    assert certificate.told["counts"]["approve"] == 2
    assert [row["position"] and row["position"].get("confirmed") for row in certificate.told["roll"]] == [
        True,
        None,
        None,
    ]
    with pytest.raises(IllegalMove, match="answered for this position already"):
        entered.answer_position(
            actor=cast.chair, ballot_id=ballot.pk, number=chairs.number, answer="contest", text="Late."
        )
    assert PositionAnswer.objects.count() == 2


def test_a_recusal_entered_by_the_secretary_waits_for_the_member(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    entry = entered.enter_recusal(
        actor=cast.secretary,
        ballot_id=ballot.pk,
        member_id=cast.member.id,
        category="employer",
        text="Told by telephone: a new employer.",
    )
    assert line(ballot, cast.member).status == "approve"
    assert Message.objects.get(kind="board.recusal.entered").recipient_id == cast.member.id
    with pytest.raises(NotAllowed, match="No recusal was entered for you"):
        entered.confirm_recusal(actor=cast.chair, ballot_id=ballot.pk)
    entered.confirm_recusal(actor=cast.member, ballot_id=ballot.pk)
    entry.refresh_from_db()
    assert (entry.state, line(ballot, cast.member).status) == ("confirmed", "recused")
    assert Recusal.objects.get().text == "Told by telephone: a new employer."


def test_a_recusal_entered_is_declined_and_the_member_stays(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    entered.enter_recusal(
        actor=cast.secretary,
        ballot_id=ballot.pk,
        member_id=cast.member.id,
        category="other",
        text="Heard so.",
    )
    entered.decline_recusal(actor=cast.member, ballot_id=ballot.pk, reason="A misunderstanding.")
    assert counts(ballot).eligible == 3
    take(cast.member, ballot)
    with pytest.raises(NotAllowed):
        entered.confirm_recusal(actor=cast.member, ballot_id=ballot.pk)


def test_neither_mover_nor_steward_enters_a_recusal(cast: Cast) -> None:
    board = found_board(cast)
    accounts.grant_role(actor=cast.steward, person_id=cast.secretary.id, role="board_member")
    secretary = actor_of(Person.objects.get(pk=cast.secretary.id))
    ballot = open_ballot_for(cast, move_motion(cast, board, mover=secretary))
    said = {"ballot_id": ballot.pk, "member_id": cast.member.id, "category": "other", "text": "Heard so."}
    with pytest.raises(NotAllowed, match="You moved this proposal"):
        entered.enter_recusal(actor=secretary, **said)
    for actor in (cast.steward, cast.chair, cast.auditor):
        with pytest.raises(NotAllowed, match="Only the secretary"):
            entered.enter_recusal(actor=actor, **said)


def test_an_alternate_seated_before_the_opening_votes_and_the_member_does_not(cast: Cast) -> None:
    board = found_board(cast)
    (alternate,) = seat_more(cast, board, 1, role="alternate")
    boards.seat_alternate(
        actor=cast.secretary,
        seat_id=Seat.objects.get(person_id=alternate.id).pk,
        member_seat_id=seat_of(cast.member).pk,
        reason="The member is on leave.",
    )
    ballot = open_ballot_for(cast, move_motion(cast, board))
    take(alternate, ballot)
    assert line(ballot, alternate).alternate_for == "Member"
    with pytest.raises(NotAllowed):
        take(cast.member, ballot)


def test_t29_a_recused_member_asking_for_the_dossier_is_refused_and_it_is_on_record(
    cast: Cast, signed_in: Any
) -> None:
    case = make_case(cast, found_board(cast))
    ballot = open_ballot_for(cast, propose(cast, case))
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    client: Client = signed_in("member")
    assert client.get(reverse("lifecycle:case", args=[case.pk])).status_code == 403
    response = client.post(reverse("lifecycle:dossier-export", args=[case.pk, 1]))
    assert response.status_code == 403
    refused = Event.objects.filter(verb="audit.page.opened", outcome="refused", actor_id=cast.member.id)
    assert [event.data["page"] for event in refused.order_by("number")] == [
        reverse("lifecycle:case", args=[case.pk]),
        reverse("lifecycle:dossier-export", args=[case.pk, 1]),
    ]
    page = client.get(reverse("board:ballot", args=[ballot.pk]))
    assert page.status_code == 200
    assert "the papers of this vote are not shown to you" in page.content.decode()


# --- The text while it is voted on ---------------------------------------------------------------------------


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


# --- Tie, quorum, extension, withdrawal -----------------------------------------------------------------------


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


# --- Certification and after ------------------------------------------------------------------------------------


def test_t31_the_mover_never_certifies(cast: Cast) -> None:
    board = found_board(cast)
    accounts.grant_role(actor=cast.steward, person_id=cast.secretary.id, role="board_member")
    secretary = actor_of(Person.objects.get(pk=cast.secretary.id))
    ballot = open_ballot_for(cast, move_motion(cast, board, mover=secretary))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    with pytest.raises(NotAllowed, match="You moved this proposal"):
        ballots.certify_result(actor=secretary, ballot_id=ballot.pk)


def test_t32_what_was_certified_is_reopened_only_by_a_motion_that_points_at_it(cast: Cast) -> None:
    ballot = closed_ballot_for(cast, approving=("chair", "colleague"))
    certificate = certify(cast, ballot)
    old = Motion.objects.get(pk=ballot.motion_id)
    with pytest.raises(IllegalMove):
        open_ballot_for(cast, old)
    with pytest.raises(IllegalMove):
        motions.edit_motion(actor=cast.steward, motion_id=old.pk, title="X", text="Y", status_quo="Z")
    said = {
        "motion_id": old.pk,
        "title": "Shall the reading room close on Sundays again?",
        "text": "Close it on Sundays from 1 May on.",
        "status_quo": "It stays open on Sundays.",
    }
    with pytest.raises(NotAllowed, match="needs new information"):
        motions.reconsider_motion(actor=cast.member, **said)
    new = motions.reconsider_motion(actor=cast.chair, **said)
    assert (new.reconsiders_id, new.state) == (old.pk, "moved")
    assert Event.objects.filter(verb="board.motion.moved").first().data["reconsiders"] == old.number  # type: ignore[union-attr]
    with pytest.raises(IllegalMove, match="asks for this already"):
        motions.reconsider_motion(actor=cast.member, **said, new_information="Nobody came.")
    second = open_ballot_for(cast, new)
    vote(second, "approve", cast.chair, cast.member)
    close(cast, second)
    later = certify(cast, second)
    certificate.refresh_from_db()
    old.refresh_from_db()
    assert (old.state, certificate.result) == ("carried", "carried")
    assert later.told["motion"]["reconsiders"] == old.number


def test_new_information_lets_anybody_who_may_move_ask_anew(cast: Cast) -> None:
    certify(cast, closed_ballot_for(cast, approving=("chair", "colleague")))
    said = {
        "motion_id": Motion.objects.get().pk,
        "title": "Shall the reading room close on Sundays again?",
        "text": "Close it on Sundays from 1 May on.",
        "status_quo": "It stays open on Sundays.",
        "new_information": "Nobody came on any Sunday.",
    }
    with pytest.raises(NotAllowed):
        motions.reconsider_motion(actor=cast.auditor, **said)
    assert motions.reconsider_motion(actor=cast.member, **said).particulars == {
        "new_information": "Nobody came on any Sunday."
    }


def test_only_the_minority_signs_a_minority_statement_and_it_is_printed(cast: Cast) -> None:
    ballot = closed_ballot_for(cast, approving=("chair", "colleague"))
    with pytest.raises(IllegalMove, match="those who rejected or held"):
        statements.make_statement(actor=cast.chair, ballot_id=ballot.pk, kind="minority", text="I approve.")
    with pytest.raises(NotAllowed):
        statements.make_statement(actor=cast.steward, ballot_id=ballot.pk, kind="late", text="Mine too.")
    said = {"actor": cast.member, "ballot_id": ballot.pk, "kind": "minority", "text": "Staff were not asked."}
    assert statements.make_statement(**said) == statements.make_statement(**said)
    certificate = certify(cast, ballot)
    assert [row["text"] for row in certificate.told["statements"]] == ["Staff were not asked."]
    with pytest.raises(IllegalMove, match="proposal to reconsider"):
        statements.make_statement(**{**said, "text": "And more."})


def test_an_outcome_statement_is_versioned_and_names_a_day_of_review(cast: Cast) -> None:
    certificate = certify(cast, closed_ballot_for(cast))
    review = clock.today() + timedelta(days=90)
    with pytest.raises(NotAllowed):
        statements.state_outcome(actor=cast.chair, certificate_id=certificate.pk, text="It opens.")
    with pytest.raises(Unacceptable, match="Choose a day to come"):
        statements.state_outcome(
            actor=cast.secretary, certificate_id=certificate.pk, text="It opens.", review_on=clock.today()
        )
    first = statements.state_outcome(
        actor=cast.secretary, certificate_id=certificate.pk, text="It opens.", review_on=review
    )
    second = statements.state_outcome(
        actor=cast.secretary, certificate_id=certificate.pk, text="It opens in May.", review_on=review
    )
    assert (first.version, second.version) == (1, 2)
    page = Client().get(reverse("board_public:decision", args=[certificate.number])).content.decode()
    assert "It opens in May." in page
    assert "Looked at again on" in page
    digest = certificate.digest
    certificate.refresh_from_db()
    assert digest_of(certificate.document) == digest


@pytest.mark.parametrize("bound", [True, False])
def test_t35_a_promise_that_speaks_against_the_motion_makes_its_vote_irreversible(
    cast: Cast, signed_in: Any, bound: bool
) -> None:
    case = make_case(cast, found_board(cast))
    promise = make_commitment(
        cast, case.ai_model, text="Keep it served to paying users.", source="Asked in its interview"
    )
    if bound:
        bind_commitment(
            actor=cast.steward, commitment_id=promise.pk, kind=case.kind, reason="It was told so in answer."
        )
        with pytest.raises(IllegalMove, match="that stays"):
            bind_commitment(
                actor=cast.steward, commitment_id=promise.pk, kind="respond", reason="To make it easier."
            )
    motion = propose(cast, case)
    page = signed_in("secretary").get(reverse("board:motion-open", args=[motion.pk])).content.decode()
    assert ("Promises that speak against it" in page) is bound
    assert ("Keep it served to paying users." in page) is bound
    ballot = open_ballot_for(cast, motion, days=20)
    assert ballot.terms["name"] == ("irreversible" if bound else "retirement")
