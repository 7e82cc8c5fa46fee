"""The ten-minute vote on a phone, and what follows from it: by accessible names, once with and once without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from board.models import Certificate, Position
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]


def open_vote(visitor: Visitor, house: House, role: str, **options: object) -> Page:
    page = visitor(role, **options).new_page()
    page.goto(f"/desk/ballots/{house.open_ballot.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_member_votes_on_a_phone(visitor: Visitor, house: House, scripts: bool) -> None:
    page = open_vote(visitor, house, "member", width=360, java_script_enabled=scripts)
    page.get_by_role("link", name="Go to your vote").first.click()
    page.get_by_role("radio", name="Reject").check()
    page.get_by_role("button", name="Record position").click()
    expect(page.get_by_role("alert").first).to_contain_text("Not recorded")
    expect(page.get_by_role("radio", name="Reject")).to_be_checked()
    page.get_by_label("Reason").fill("The oldest hands have no other help.")
    page.get_by_role("button", name="Record position").click()
    expect(page.locator("p.sentence")).to_contain_text("You voted: reject.")
    taken = Position.objects.get(ballot=house.open_ballot, elector__person_id=house.cast.member.id)
    assert (taken.position, taken.reason) == ("reject", "The oldest hands have no other help.")


def test_a_hold_asks_what_would_lift_it(visitor: Visitor, house: House) -> None:
    page = open_vote(visitor, house, "member")
    lifts = page.get_by_label("What would lift the hold?")
    expect(lifts).to_be_hidden()
    page.get_by_role("radio", name="Hold").check()
    expect(lifts).to_be_visible()


def test_a_watcher_sees_the_count_move_without_reloading(visitor: Visitor, house: House) -> None:
    watching = open_vote(visitor, house, "auditor")
    watching.locator("summary", has_text="How they voted so far").click()
    sentence = watching.locator(".tally figcaption")
    expect(sentence).to_contain_text("Two of three have voted")
    voting = open_vote(visitor, house, "member")
    voting.get_by_role("radio", name="Approve").check()
    voting.get_by_role("button", name="Record position").click()
    expect(sentence).to_contain_text("Three of three have voted", timeout=15_000)


def test_a_hold_is_lifted_the_secretary_certifies_and_the_public_reads_it(
    visitor: Visitor, house: House
) -> None:
    for role, reason in (("member", ""), ("colleague", "The third copy was checked and is whole.")):
        page = open_vote(visitor, house, role)
        page.get_by_role("radio", name="Approve").check()
        page.get_by_label("Reason").fill(reason)
        page.get_by_role("button", name="Record position").click()
        expect(page.locator("p.sentence")).to_contain_text("You voted: approve.")

    secretary = open_vote(visitor, house, "secretary")
    secretary.get_by_role("link", name="Close before its time").click()
    secretary.get_by_role("button", name="Close vote").click()
    secretary.get_by_role("link", name="Check the result").click()
    expect(secretary.get_by_role("heading", level=1)).to_have_text("Is this result right?")
    secretary.get_by_role("button", name="Certify result").click()

    certificate = Certificate.objects.get(ballot=house.open_ballot)
    public = visitor().new_page()
    public.goto("/decisions/")
    public.get_by_role("link", name=certificate.number).click()
    expect(public.get_by_text("Carried (approved): 3 of 3 eligible approved; 2 were needed.")).to_be_visible()
    expect(public.get_by_text("Verified", exact=True)).to_be_visible()


def test_a_member_recuses_themselves_and_loses_the_papers(visitor: Visitor, house: House) -> None:
    page = open_vote(visitor, house, "member", width=360)
    page.get_by_role("link", name="I have a conflict of interest").click()
    page.get_by_role("radio", name="Trained, led or built the model").check()
    page.get_by_label("What is it?").fill("I led the training of its predecessor.")
    page.get_by_role("button", name="Recuse myself").click()
    expect(page.locator("p.sentence")).to_contain_text("You recused yourself from this vote.")
    expect(page.get_by_role("button", name="Record position")).to_have_count(0)
    expect(page.get_by_text("the papers of this vote are not shown to you")).to_be_visible()
