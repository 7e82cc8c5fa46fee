"""A secret vote from its opening to its certificate, by accessible names: before the close nobody sees another’s."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from board.models import Ballot, Certificate
from core import clock
from tests.factories.board import move_motion
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]

OPEN_FOR = timedelta(seconds=45)
REASON = "The north wing was never counted."


@pytest.fixture
def ballot(visitor: Visitor, house: House) -> Ballot:
    """Opened on the page by the secretary, who chooses that it is secret."""
    motion = move_motion(house.cast, house.open_ballot.motion.board, title="Shall the north wing be closed?")
    page = visitor("secretary").new_page()
    page.goto(f"/desk/motions/{motion.pk}/")
    page.get_by_role("link", name="Prepare the vote").click()
    closes = page.get_by_label("Closes (UTC)")
    closes.evaluate(
        "field => { field.step = '1' }"
    )  # to the second, so that this test need not wait for long
    closes.fill((datetime.now(UTC) + OPEN_FOR).strftime("%Y-%m-%dT%H:%M:%S"))
    page.get_by_role("checkbox", name="Secret until it closes").check()
    page.get_by_role("button", name="Open vote").click()
    expect(page.locator("p.sentence")).to_contain_text("Secret until")
    return Ballot.objects.get(motion=motion)


def at_the_vote(visitor: Visitor, ballot: Ballot, role: str, **look: object) -> Page:
    page = visitor(role, **look).new_page()
    page.goto(f"/desk/ballots/{ballot.pk}/")
    return page


def test_a_secret_vote_from_its_opening_to_its_certificate(
    visitor: Visitor, house: House, ballot: Ballot
) -> None:
    member = at_the_vote(visitor, ballot, "member", width=360)
    member.get_by_role("link", name="Go to your vote").first.click()
    member.get_by_role("radio", name="Reject").check()
    member.get_by_label("Reason").fill(REASON)
    member.get_by_role("button", name="Record position").click()
    expect(member.locator("p.sentence")).to_contain_text("You voted: reject. Secret until")
    colleague = at_the_vote(visitor, ballot, "colleague")
    colleague.get_by_role("radio", name="Approve").check()
    colleague.get_by_role("button", name="Record position").click()
    expect(colleague.locator("p.sentence")).to_contain_text("You voted: approve. Secret until")

    for role in ("chair", "secretary", "auditor"):
        page = at_the_vote(visitor, ballot, role)
        expect(page.get_by_text("no count, no marks, not even who has voted").first).to_be_visible()
        expect(page.get_by_text(re.compile(r"\d of \d|has voted:|have voted;"))).to_have_count(0)
        expect(page.get_by_text(REASON)).to_have_count(0)
    timeline = visitor("auditor").new_page()
    timeline.goto("/desk/audit/?verb=board.position.taken")
    expect(timeline.get_by_text("Shall the north wing be closed?")).to_have_count(0)
    expect(timeline.get_by_text(REASON)).to_have_count(0)

    while clock.now() < ballot.closes_at:
        time.sleep(0.2)
    secretary = at_the_vote(visitor, ballot, "secretary")
    secretary.get_by_role("link", name="Close the vote").click()
    secretary.get_by_role("button", name="Close vote").click()
    secretary.get_by_role("link", name="Check the result").click()
    expect(secretary.get_by_text(REASON).first).to_be_visible()
    secretary.get_by_role("button", name="Certify result").click()

    certificate = Certificate.objects.get(ballot=ballot)
    public = visitor().new_page()
    public.goto(f"/decisions/{certificate.number}/")
    expect(public.get_by_text("1 of 3 eligible approved").first).to_be_visible()
    member.reload()
    member.locator("summary", has_text="History of this vote").click()
    expect(member.get_by_text("secret until its close")).to_be_visible()
    expect(member.get_by_text("Member recorded reject")).to_be_visible()
    timeline.reload()
    expect(timeline.get_by_text(REASON).first).to_be_visible()
