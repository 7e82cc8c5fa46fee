"""The acts on a vote besides voting: offered on its page to whoever may, each with a button named by its verb."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from board.commands import ballots, entered, fixes, withdrawals
from board.models import Ballot, Motion, Withdrawal
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


def page(client: Client, ballot: Ballot, name: str = "ballot", *args: Any) -> str:
    response = client.get(reverse(f"board:{name}", args=[ballot.pk, *args]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(client: Client, ballot: Ballot, name: str, said: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(f"board:{name}", args=[ballot.pk, *args]), said)


def test_each_viewer_is_offered_what_they_may_do_and_no_more(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "hold", cast.member)
    offered = {
        who: page(signed_in(who), ballot) for who in ("chair", "member", "secretary", "steward", "auditor")
    }
    expected = {
        "Extend the vote": {"chair"},
        "Renew your hold": {"member"},
        "Put words right": {"secretary", "steward"},
        "Ask to take the proposal back": {"steward"},
        "Enter a recusal": {"secretary"},
    }
    for label, whom in expected.items():
        assert {who for who, html in offered.items() if label in html} == whom, label


def test_what_was_entered_for_a_member_waits_at_the_top_of_their_page(
    cast: Cast, signed_in: SignedIn
) -> None:
    ballot = open_ballot_for(cast)
    ballots.take_position(
        actor=cast.secretary, ballot_id=ballot.pk, position="approve", entered_for=cast.member.id
    )
    entered.enter_recusal(
        actor=cast.secretary,
        ballot_id=ballot.pk,
        member_id=cast.member.id,
        category="other",
        text="Heard so.",
    )
    client = signed_in("member")
    html = page(client, ballot)
    assert "This waits for you" in html
    assert "Secretary entered “approve” for you." in html
    assert "Secretary entered it for you: approve." in page(client, ballot, "ballot-answer", 1)
    refused = post(client, ballot, "ballot-answer", {"answer": "contest", "text": ""}, 1)
    assert refused.status_code == 422
    assert "Say what you had asked the secretary" in refused.content.decode()
    assert post(client, ballot, "ballot-answer", {"answer": "confirm"}, 1).status_code == 303
    assert "entered by Secretary and confirmed by them" in page(client, ballot)
    declined = post(client, ballot, "ballot-recusal-answer", {"answer": "decline", "reason": "Not so."})
    assert declined.status_code == 303
    assert "This waits for you" not in page(client, ballot)


def test_an_extension_is_said_on_the_page_and_offered_once(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("chair")
    assert "Extend vote</button>" in page(client, ballot, "ballot-extend")
    later = (ballot.closes_at + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert (
        post(client, ballot, "ballot-extend", {"closes_at": later, "reason": "Illness."}).status_code == 303
    )
    html = page(client, ballot)
    assert "was extended once" in html
    assert "Extend the vote" not in html


def test_a_withdrawal_is_agreed_to_and_objected_to_on_pages(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    said = {"reason": "The successor is late."}
    assert post(signed_in("steward"), ballot, "ballot-withdraw", said).status_code == 303
    presiding = signed_in("chair")
    assert "Agree to the withdrawal" in page(presiding, ballot)
    assert post(presiding, ballot, "ballot-withdraw-agree", {}).status_code == 303
    member = signed_in("member")
    assert "The successor is late." in page(member, ballot, "ballot-withdraw-object")
    objected = post(member, ballot, "ballot-withdraw-object", {"objection": "The question stays."})
    assert objected.status_code == 303
    assert "Member objected, so the vote went on" in page(member, ballot)
    assert Withdrawal.objects.get().state == "objected"


def test_a_fix_is_shown_as_it_stands_and_as_it_would(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    words = {
        "title": ballot.motion.title,
        "text": "Open it from 1 April on.",
        "status_quo": "It stays closed.",
    }
    fixes.propose_fix(actor=cast.steward, ballot_id=ballot.pk, reason="The month was misprinted.", **words)
    client = signed_in("secretary")
    assert "Confirm or refuse the fix" in page(client, ballot)
    html = page(client, ballot, "ballot-fix-decide")
    assert "from 1 March on." in html
    assert "Open it from 1 April on." in html
    assert post(client, ballot, "ballot-fix-decide", {"answer": "confirm"}).status_code == 303
    assert Motion.objects.get().text == "Open it from 1 April on."


def test_after_the_close_a_statement_is_offered_and_read_with_the_decision(
    cast: Cast, signed_in: SignedIn
) -> None:
    ballot = closed_ballot_for(cast, approving=("chair", "colleague"))
    client = signed_in("member")
    assert "Make a statement for the record" in page(client, ballot)
    said = {"kind": "minority", "text": "Staff were not asked."}
    assert post(client, ballot, "ballot-statement", said).status_code == 303
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    public = Client().get(reverse("board_public:decision", args=[certificate.number])).content.decode()
    assert "Staff were not asked." in public
    keeper = signed_in("secretary")
    assert (
        "Say what it means"
        in keeper.get(reverse("board_public:decision", args=[certificate.number])).content.decode()
    )
    assert (
        post(keeper, ballot, "ballot-outcome", {"text": "It opens in March.", "seen": "0"}).status_code == 303
    )
    stale = post(keeper, ballot, "ballot-outcome", {"text": "It opens in May.", "seen": "0"})
    assert stale.status_code == 409
    assert "Version 1 was saved while you wrote" in stale.content.decode()


def test_an_override_is_offered_only_after_a_held_round(cast: Cast, signed_in: SignedIn) -> None:
    motion = move_motion(cast, found_board(cast))
    client = signed_in("secretary")
    url = reverse("board:motion-open", args=[motion.pk])
    assert "Holds do not block in this round" not in client.get(url).content.decode()
    ballot = open_ballot_for(cast, motion, days=1)
    vote(ballot, "approve", cast.chair, cast.colleague)
    vote(ballot, "hold", cast.member)
    with clock.frozen(ballot.closes_at):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    assert "Holds do not block in this round" in client.get(url).content.decode()
    closes = (clock.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    opened = client.post(url, {"closes_at": closes, "override": "on"})
    assert opened.status_code == 303
    assert "it is an override of the hold" in client.get(opened["Location"]).content.decode()


def test_rules_are_proposed_on_a_page_and_adopted_by_the_vote(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    client = signed_in("member")
    url = reverse("board:board-rules", args=[board.pk])
    assert "Make proposal</button>" in client.get(url).content.decode()
    said = {
        "name": "ordinary",
        "minimum_opening_days": "0",
        "hold_lapse_days": "14",
        "extension_days": "14",
        "act_floor": "3",
        "why": "No reason.",
    }
    same = client.post(url, said)
    assert same.status_code == 422
    assert "These are the rules in force." in same.content.decode()
    moved = client.post(url, {**said, "hold_lapse_days": "21"})
    assert moved.status_code == 303
    html = client.get(moved["Location"]).content.decode()
    assert "a hold lapses after 21 days" in html
    assert "Change the text" not in html


def test_the_page_asks_no_more_however_many_electors(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    small = open_ballot_for(cast, move_motion(cast, board))
    more = seat_more(cast, board, 12)
    large = open_ballot_for(cast, move_motion(cast, board))
    vote(large, "approve", *more)
    client = signed_in("member")
    asked = []
    for ballot in (small, large):
        with CaptureQueriesContext(connection) as queries:
            page(client, ballot)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


def test_a_withdrawal_the_chair_may_not_agree_to_says_whom_to_ask(cast: Cast, signed_in: SignedIn) -> None:
    motion = move_motion(cast, found_board(cast), mover=cast.chair)
    ballot = open_ballot_for(cast, motion)
    vote(ballot, "approve", cast.member)
    withdrawals.ask_withdrawal(actor=cast.chair, ballot_id=ballot.pk, reason="Too early.")
    refused = post(signed_in("chair"), ballot, "ballot-withdraw-agree", {})
    assert refused.status_code == 403
    assert "Nobody presides over this vote" in refused.content.decode()
