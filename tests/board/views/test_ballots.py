"""The pages of a vote: what they say, to whom, and with which status."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import actor_of
from accounts.queries import waiting_for
from audit.testing import recorded
from board.commands import ballots
from board.models import Ballot, Certificate, Elector, Position, Recusal
from core import clock
from tests.cast import Cast
from tests.factories.board import (
    closed_ballot_for,
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
    vote,
)

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def page_of(ballot: Ballot, name: str = "ballot") -> str:
    return reverse(f"board:{name}", args=[ballot.pk])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_member_reads_one_page_and_finds_one_form(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    page = text(signed_in("member").get(page_of(ballot)))
    assert page.count("<h1") == 1
    assert "Open the reading room on Sundays" in page
    assert "The reading room stays closed on Sundays." in page
    assert "Record position" in page
    assert "You can change your mind until" in page
    assert "no minimum opening time (0 days) and no notice days (0)" in page
    assert "How the others voted" in page


def test_a_position_is_recorded_by_the_form_and_leads_back(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("member")
    response = client.post(page_of(ballot, "ballot-position"), {"position": "approve"})
    assert (response.status_code, response["Location"]) == (303, page_of(ballot) + "#your-vote")
    assert Position.objects.get().elector.person_id == cast.member.id
    assert "You voted: approve." in text(client.get(page_of(ballot)))


def test_a_get_on_the_position_form_changes_nothing(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    response = signed_in("member").get(page_of(ballot, "ballot-position") + "?position=approve")
    assert response.status_code == 200
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"position": "reject"}, "Give a reason: it is printed with the decision."),
        ({"position": "hold", "reason": "A copy is missing."}, "Say what would lift the hold"),
        ({}, "Choose approve, reject, abstain or hold."),
        ({"position": "perhaps"}, "Choose approve, reject, abstain or hold."),
    ],
)
def test_a_refused_position_says_what_to_do_and_keeps_what_was_typed(
    cast: Cast, signed_in: SignedIn, sent: dict[str, str], sentence: str
) -> None:
    ballot = open_ballot_for(cast)
    response = signed_in("member").post(page_of(ballot, "ballot-position"), sent)
    page = text(response)
    assert response.status_code == 422
    assert sentence in page
    assert sent.get("reason", "") in page
    assert not Position.objects.exists()


def test_a_late_position_is_409_and_names_the_close(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at):
        response = signed_in("member").post(page_of(ballot, "ballot-position"), {"position": "approve"})
    assert response.status_code == 409
    assert "This vote closed on" in text(response)
    assert not Position.objects.exists()


def test_a_secretary_who_votes_is_403_with_the_reason(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    response = signed_in("secretary").post(page_of(ballot, "ballot-position"), {"position": "approve"})
    assert response.status_code == 403
    assert "The secretary keeps the vote and has none." in text(response)


def test_a_vote_is_hidden_from_those_who_do_not_read_the_board(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    assert signed_in("editor").get(page_of(ballot)).status_code == 404
    assert signed_in("member").get(reverse("board:ballot", args=[cast.member.id])).status_code == 404


def test_signed_out_one_is_led_to_sign_in_and_back(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    response = Client().get(page_of(ballot))
    assert response.status_code == 302
    assert page_of(ballot) in response["Location"]


def test_the_recused_do_not_get_the_papers_or_the_form(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("member")
    response = client.post(
        page_of(ballot, "ballot-recuse"), {"category": "authored", "text": "I trained its predecessor."}
    )
    assert response.status_code == 303
    assert Recusal.objects.get().category == "authored"
    page = text(client.get(page_of(ballot)))
    assert "the papers of this vote are not shown to you" in page
    assert "Record position" not in page
    assert "I trained its predecessor." in text(signed_in("chair").get(page_of(ballot)))


def test_an_incomplete_recusal_is_a_form_error(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    response = signed_in("member").post(page_of(ballot, "ballot-recuse"), {"category": "authored"})
    assert response.status_code == 422
    assert not Recusal.objects.exists()


def test_the_secretary_sees_who_has_no_position_and_enters_one(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    client = signed_in("secretary")
    page = text(client.get(page_of(ballot)))
    assert "Two members have no position yet" in page
    assert "Enter a position for Member" in page
    response = client.post(
        page_of(ballot, "ballot-enter"),
        {"member": str(cast.member.id), "position": "reject", "reason": "By telephone: too soon."},
    )
    assert response.status_code == 303
    assert "entered by Secretary" in text(signed_in("chair").get(page_of(ballot)))


def test_a_member_for_whom_a_position_was_entered_sees_by_whom(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    ballots.take_position(
        actor=cast.secretary, ballot_id=ballot.pk, position="approve", entered_for=cast.member.id
    )
    assert "entered for you by Secretary" in text(signed_in("member").get(page_of(ballot)))


def test_the_live_tally_asks_again_while_open_and_stops_when_closed(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("member")
    fragment = text(client.get(page_of(ballot, "ballot-tally")))
    assert 'hx-trigger="every 5s"' in fragment
    assert "<html" not in fragment
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert "hx-trigger" not in text(client.get(page_of(ballot, "ballot-tally")))


def test_closing_too_early_is_409_and_says_until_when(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    response = signed_in("secretary").post(page_of(ballot, "ballot-close"), {"reason": ""})
    assert response.status_code == 409
    assert "It stays open until" in text(response)
    ballot.refresh_from_db()
    assert ballot.state == "open"


def test_the_secretary_reads_the_certificate_before_certifying(cast: Cast, signed_in: SignedIn) -> None:
    ballot = closed_ballot_for(cast, ["chair", "member"])
    client = signed_in("secretary")
    page = text(client.get(page_of(ballot, "ballot-certify")))
    assert "Carried (approved): 2 of 3 eligible approved; 2 were needed." in page
    assert "Certify result" in page
    assert not Certificate.objects.exists()
    response = client.post(page_of(ballot, "ballot-certify"))
    certificate = Certificate.objects.get()
    assert response["Location"] == reverse("board_public:decision", args=[certificate.number])


def test_certifying_what_is_not_closed_is_409(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("secretary")
    assert client.get(page_of(ballot, "ballot-certify")).status_code == 409
    response = client.post(page_of(ballot, "ballot-certify"))
    assert response.status_code == 409
    assert "Close it first" in text(response)


def test_ending_a_round_first_says_what_it_ends(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    client = signed_in("secretary")
    assert "This ends round 1, in which 1 of 3 have voted." in text(
        client.get(page_of(ballot, "ballot-supersede"))
    )
    assert (
        client.post(page_of(ballot, "ballot-supersede"), {"reason": "The text was wrong."}).status_code == 303
    )
    assert "Superseded" in signed_in("member").get(page_of(ballot)).content.decode().replace(
        "superseded", "Superseded"
    )


def test_the_list_begins_with_what_waits_and_an_empty_one_says_how_to_begin(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("member")
    assert "No vote has been held yet" in text(client.get(reverse("board:ballots")))
    ballot = open_ballot_for(cast)
    assert "One vote waits for you" in text(client.get(reverse("board:ballots")))
    vote(ballot, "approve", cast.member)
    assert "One vote under way" in text(client.get(reverse("board:ballots")))


def test_today_shows_members_their_votes_and_the_secretary_what_to_certify(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    assert [item.action for item in waiting_for(cast.member)] == ["Open the vote"]
    assert waiting_for(cast.secretary) == []
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    assert waiting_for(cast.member) == []
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    (item,) = waiting_for(cast.secretary)
    assert (item.action, item.url) == ("Certify result", page_of(ballot, "ballot-certify"))


def test_markup_in_a_reason_is_shown_as_text(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "reject", cast.chair, reason="<script>alert(1)</script> & more")
    page = signed_in("member").get(page_of(ballot)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


# --- Size -----------------------------------------------------------------------------------------


def crowd(ballot: Ballot, count: int) -> None:
    """Further electors with positions, written directly: the page is measured, not the commands."""
    first = ballot.electors.order_by("order").first()
    assert first is not None
    with recorded():
        for number in range(count):
            from accounts.models import Person  # noqa: PLC0415

            person = Person(name=f"Elector {number}")
            person.save(force_insert=True)
            elector = Elector(
                ballot=ballot,
                seat=first.seat,
                person=person,
                order=10 + number,
                name=person.name,
                role="member",
            )
            elector.save(force_insert=True)
            if number % 3:
                Position(
                    ballot=ballot,
                    elector=elector,
                    number=100 + number,
                    position="approve",
                    entered_by=person,
                    entered_by_name=person.name,
                    taken_at=clock.now(),
                ).save(force_insert=True)


@pytest.mark.parametrize("who", ["member", "secretary", "auditor"])
@pytest.mark.parametrize("name", ["ballot", "ballot-tally"])
def test_the_vote_page_asks_as_much_with_300_electors_as_with_3_and_at_most_twelve_times(
    cast: Cast, signed_in: SignedIn, who: str, name: str
) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in(who)
    client.get(page_of(ballot, name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page_of(ballot, name))
    crowd(ballot, 300)
    with CaptureQueriesContext(connection) as many:
        response = client.get(page_of(ballot, name))
    assert response.status_code == 200
    assert len(few) == len(many) <= 12


def test_the_certify_page_and_the_decision_stay_within_twelve_queries(
    cast: Cast, signed_in: SignedIn
) -> None:
    ballot = closed_ballot_for(cast)
    client = signed_in("secretary")
    with CaptureQueriesContext(connection) as certifying:
        client.get(page_of(ballot, "ballot-certify"))
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    with CaptureQueriesContext(connection) as reading:
        Client().get(reverse("board_public:decision", args=[certificate.number]))
    assert len(certifying) <= 12
    assert len(reading) <= 12


def test_lists_stay_within_twelve_queries_however_many_rows(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    client = signed_in("member")
    counts = []
    for _ in range(2):
        for _ in range(4):
            open_ballot_for(cast, move_motion(cast, board))
        found = []
        for name in ("board:ballots", "board:motions", "board:board"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name)).status_code == 200
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_a_newcomer_is_told_why_they_cannot_vote(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    (newcomer,) = seat_more(cast, ballot.motion.board, 1)
    client = Client()
    person = Elector._meta.get_field("person").related_model.objects.get(pk=newcomer.id)  # type: ignore[union-attr]
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = text(client.get(page_of(ballot)))
    assert "You were not on the roll when this vote opened" in page
    assert actor_of(person).id == newcomer.id


def test_a_vote_past_its_time_takes_no_more_positions_on_the_page(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at + timedelta(minutes=5)):
        page = text(signed_in("member").get(page_of(ballot)))
    assert "No more positions are taken" in page
    assert "Record position" not in page
