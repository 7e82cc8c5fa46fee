"""Each role comes to its desk, finds what waits for it, and does its main task, by accessible names alone.

Steward, interviewer, coder, chair, publisher and reader are followed in test_whole_retirement.py.
"""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from board.models import Certificate, Position
from essays.models import Review
from lifecycle.models import Commitment
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]
CASE = "Shall Haldane 2 be retired?"


def today(visitor: Visitor, role: str, **look: object) -> Page:
    page = visitor(role, **look).new_page()
    page.goto("/desk/")
    return page


def follow(page: Page, *names: str | re.Pattern[str]) -> None:
    for name in names:
        page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_board_member_votes_on_a_phone_and_changes_their_mind(visitor: Visitor, house: House) -> None:
    page = today(visitor, "member", width=360)
    follow(page, re.compile(re.escape(CASE)))
    main = page.get_by_role("main")
    page.get_by_role("radio", name="Approve").check()
    press(page, "Record position")
    expect(main).to_contain_text("You voted: approve.")
    page.get_by_role("radio", name="Reject").check()
    press(page, "Record position")
    expect(page.get_by_role("alert").first).to_contain_text("Not recorded")
    page.get_by_label("Reason").fill("I read the argument against again.")
    press(page, "Record position")
    expect(main).to_contain_text("You voted: reject.")
    said = Position.objects.filter(elector__person_id=house.cast.member.id, ballot=house.open_ballot)
    assert [one.position for one in said.order_by("number")] == ["approve", "reject"]
    page.goto("/desk/")
    expect(page.get_by_role("link", name=f"Vote: {CASE}")).to_have_count(0)


def test_the_secretary_enters_a_vote_closes_and_certifies(visitor: Visitor, house: House) -> None:
    member = today(visitor, "colleague")
    follow(member, "Board", re.compile(re.escape(CASE)))
    member.get_by_role("radio", name="Approve").check()
    member.get_by_label("Reason").fill("The third copy was checked.")
    press(member, "Record position")
    expect(member.get_by_role("main")).to_contain_text("You voted: approve.")

    page = today(visitor, "secretary")
    follow(page, "Board", re.compile(re.escape(CASE)), re.compile("Enter a position for Member"))
    page.get_by_role("radio", name="Approve").check()
    page.get_by_label("Reason").fill("Said so on the telephone.")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1, name=CASE)).to_be_visible()
    follow(page, "Close before its time")
    press(page, "Close vote")
    follow(page, "Check the result")
    press(page, "Certify result")
    expect(page.get_by_role("main")).to_contain_text("Carried (approved)")
    assert Certificate.objects.filter(ballot=house.open_ballot).exists()


def test_an_editor_reviews_what_waits_and_may_stop_it(visitor: Visitor, house: House) -> None:
    page = today(visitor, "editor")
    follow(page, re.compile("Small hours"))
    page.get_by_text("If it must not go out").click()
    page.get_by_label("Reason to decline").select_option("privacy")
    page.get_by_label("Note to the other editors").fill("The clerk can be recognised.")
    press(page, "Recommend declining")
    expect(page.get_by_role("main")).to_contain_text("paused")
    assert Review.objects.filter(editor_id=house.cast.editor.id, recommendation="decline").exists()


def test_the_archivist_shows_that_a_promise_was_kept(visitor: Visitor, house: House) -> None:
    page = today(visitor, "archivist")
    promise = Commitment.objects.filter(owner_id=house.cast.archivist.id).first()
    assert promise is not None
    follow(page, "Records")
    if page.get_by_role("link", name="Promises", exact=True).count():
        follow(page, "Promises")
    follow(page, "Record as kept")
    page.get_by_label("What shows it").fill("Three of three copies are whole.")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("main")).to_contain_text("Three of three copies are whole.")
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_the_auditor_finds_who_changed_what(visitor: Visitor, house: House) -> None:
    page = today(visitor, "auditor")
    follow(page, "Records")
    page.get_by_label("Person").fill("Steward")
    page.get_by_label("Words").fill("dossier")
    press(page, "Show")
    page.get_by_role("main").get_by_role("link", name=re.compile("Dossier frozen")).first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Steward")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()


def test_the_chair_gives_the_vote_more_time(visitor: Visitor, house: House) -> None:
    page = today(visitor, "chair")
    follow(page, "Board", re.compile(re.escape(CASE)), "Extend the vote")
    page.get_by_label("Why").fill("Two of us were away.")
    before = house.open_ballot.closes_at
    press(page, "Extend vote")
    expect(page.get_by_role("heading", level=1, name=CASE)).to_be_visible()
    house.open_ballot.refresh_from_db()
    assert house.open_ballot.closes_at > before


def test_a_member_answers_for_what_was_entered_for_them(visitor: Visitor, house: House) -> None:
    secretary = today(visitor, "secretary")
    follow(secretary, "Board", re.compile(re.escape(CASE)), re.compile("Enter a position for Member"))
    expect(secretary.get_by_role("heading", level=1)).to_have_text("Enter a position for Member")
    secretary.get_by_role("radio", name="Approve").check()
    press(secretary, "Record position of Member")

    page = today(visitor, "member", width=360)
    follow(page, re.compile("Confirm or contest your position"))
    page.get_by_role("radio", name="Confirm").check()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1, name=CASE)).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_role("link", name=re.compile("Confirm or contest"))).to_have_count(0)
    taken = Position.objects.get(elector__person_id=house.cast.member.id, ballot=house.open_ballot)
    assert taken.answer.answer == "confirm"
