"""Sequences of who is on the roll: recusals, seats that end, alternates, positions entered for a member."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import commands as accounts
from accounts.actors import actor_of
from accounts.models import Person
from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, boards, entered, statements
from board.models import (
    Elector,
    Position,
    PositionAnswer,
    Recusal,
    Seat,
)
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.board.sequences.rounds import certify, close, counts, done, line, seat_of, take
from tests.cast import Cast
from tests.factories.board import (
    closed_ballot_for,
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
)
from tests.factories.lifecycle import make_case, propose

pytestmark = pytest.mark.django_db


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
