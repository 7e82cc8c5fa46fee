"""A contested retirement by accessible names: a recusal, a hold, a round ended for a new one, and what it comes to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from board.models import Ballot, Certificate
from tests.factories import board
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]
ASKED = "Retire Haldane 2 once the third copy of its weights was checked and found whole."


def at(visitor: Visitor, role: str, url: str, **look: object) -> Page:
    page = visitor(role, **look).new_page()
    page.goto(url)
    return page


def recuse(visitor: Visitor, ballot: Ballot) -> None:
    page = at(visitor, "member", f"/desk/ballots/{ballot.pk}/", width=360)
    page.get_by_role("link", name="I have a conflict of interest").click()
    page.get_by_role("radio", name="Trained, led or built the model").check()
    page.get_by_label("What is it?").fill("I led the training of its predecessor.")
    page.get_by_role("button", name="Recuse myself").click()
    expect(page.locator("p.sentence")).to_contain_text("You recused yourself from this vote.")


def approve(visitor: Visitor, role: str, ballot: Ballot) -> None:
    page = at(visitor, role, f"/desk/ballots/{ballot.pk}/")
    page.get_by_role("radio", name="Approve").check()
    page.get_by_role("button", name="Record position").click()
    expect(page.locator("p.sentence")).to_contain_text("You voted: approve.")


def test_a_hold_ends_a_round_and_the_next_one_decides_without_whoever_recused_themselves(
    visitor: Visitor, house: House
) -> None:
    first = house.open_ballot
    recuse(visitor, first)

    # The colleague's hold stands. The secretary sees what it does, and ends the round so that it can be met.
    secretary = at(visitor, "secretary", f"/desk/ballots/{first.pk}/")
    expect(secretary.get_by_role("main")).to_contain_text("The third copy is unchecked.")
    secretary.get_by_role("link", name="End this round").click()
    expect(secretary.get_by_role("main")).to_contain_text("Colleague: hold")
    secretary.get_by_label("Reason").fill("The proposal will wait for the third copy.")
    secretary.get_by_role("button", name="End this round").click()

    steward = at(visitor, "steward", f"/desk/motions/{first.motion_id}/")
    steward.get_by_role("link", name="Change the text").click()
    steward.get_by_label("What is asked").fill(ASKED)
    steward.get_by_role("button", name="Save revision").click()
    expect(steward.get_by_text(ASKED)).to_be_visible()

    # Three seats and a recusal would leave too few to act: two members more were seated meanwhile.
    electors = board.seat_more(house.cast, first.motion.board, 2)
    secretary.goto(f"/desk/motions/{first.motion_id}/")
    secretary.get_by_role("link", name="Prepare the vote").click()
    closes = (datetime.now(UTC) + timedelta(days=21)).strftime("%Y-%m-%dT%H:%M")
    secretary.get_by_label("Closes (UTC)").fill(closes)
    secretary.get_by_role("button", name="Open vote").click()
    second = Ballot.objects.get(motion=first.motion_id, round=2)

    # Nothing of the first round counts in the second, the recusal neither.
    page = at(visitor, "colleague", f"/desk/ballots/{second.pk}/")
    expect(page.get_by_role("main")).to_contain_text(ASKED)
    expect(page.get_by_role("radio", name="Hold")).not_to_be_checked()
    recuse(visitor, second)
    for role in ("colleague", "chair"):
        approve(visitor, role, second)
    board.vote(second, "approve", *electors)

    secretary.goto(f"/desk/ballots/{second.pk}/")
    secretary.get_by_role("link", name="Close before its time").click()
    secretary.get_by_role("button", name="Close vote").click()
    secretary.get_by_role("link", name="Check the result").click()
    secretary.get_by_role("button", name="Certify result").click()

    certificate = Certificate.objects.get(ballot=second)
    assert certificate.result == "carried"
    public = at(visitor, "nobody", f"/decisions/{certificate.number}/")
    expect(public.get_by_text("4 of 4 eligible approved").first).to_be_visible()
    public.locator("details", has_text="Without the recusal of Member").locator("summary").last.click()
    expect(public.get_by_text("Without the recusal of Member").first).to_be_visible()

    # The first round stays readable, with the hold and why it ended.
    auditor = at(visitor, "auditor", f"/desk/ballots/{first.pk}/")
    auditor.locator("summary", has_text="History of this vote").click()
    expect(auditor.get_by_text("Colleague recorded hold")).to_be_visible()
    expect(auditor.get_by_text("The proposal will wait for the third copy.").first).to_be_visible()
