"""A whole retirement in the browser: from the first click to the published essay, each person signed in as themselves.

Everything runs: web server, worker, scheduler, and the local model that is heard and writes. Controls are found by
their accessible names only, so what cannot be done by somebody who hears the page read out fails here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from config.walkthrough import texts
from essays import checklist
from tests.journeys.installation import Installation

NAME = "Heron 1"
TITLE = f"Shall {NAME} be retired?"
COLUMN = f"Letters from {NAME}"
PROTOCOL = "Retirement interview for Heron"
MODEL_ANSWERS = 120_000
"""Milliseconds for the local model to answer, with two cores under load."""

Desk = Callable[[str], Page]


@pytest.fixture
def desk(installation: Installation, browser: Browser) -> Iterator[Desk]:
    """`desk("steward")`: their own window, signed in through the form, standing on Today."""
    windows: dict[str, BrowserContext] = {}

    def opened(part: str) -> Page:
        if part not in windows:
            page = installation.sign_in(
                browser, part, locale="en-GB", viewport={"width": 1280, "height": 900}
            )
            page.set_default_timeout(15_000)
            windows[part] = page.context
        page = windows[part].pages[0]
        page.goto(f"{installation.url}/desk/")
        return page

    yield opened
    for window in windows.values():
        window.close()


def test_eight_roles_retire_a_model_and_publish_what_it_writes(
    desk: Desk, installation: Installation
) -> None:
    register_the_model(desk("steward"))
    open_the_case(desk("steward"))
    agree_on_a_protocol(desk)
    hear_the_model(desk)
    answer_its_wish(desk)
    sign_the_record(desk)
    put_it_to_the_board(desk("steward"))
    vote(desk)
    number = certify(desk("secretary"))
    public = desk("steward").context.browser.new_page()  # type: ignore[union-attr]
    read_the_decision(public, installation.url, number)
    see_the_promises(desk("steward"))
    found_the_column(desk("steward"))
    have_an_essay_written(desk("steward"))
    title = review_and_publish(desk)
    read_the_essay(public, installation.url, title)
    find_who_certified(desk("auditor"), number)


def link(page: Page | Locator, name: str | re.Pattern[str], exact: bool = True) -> Locator:
    return page.get_by_role("link", name=name, exact=exact and isinstance(name, str)).first


def follow(page: Page, *names: str | re.Pattern[str]) -> None:
    """Click links one after the other, each by its whole name."""
    for name in names:
        link(page, name).click()


def waiting(page: Page, words: str) -> None:
    """From Today, open what waits for this person."""
    link(page, re.compile(re.escape(words))).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def says(page: Page, words: str | re.Pattern[str], **options: Any) -> None:
    expect(page.get_by_role("main")).to_contain_text(words, **options)


def choose(field: Locator, beginning: str) -> None:
    """Choose the option that begins so."""
    option = field.get_by_role("option").filter(has_text=re.compile("^" + re.escape(beginning))).first
    field.select_option(value=option.get_attribute("value"))


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def register_the_model(page: Page) -> None:
    follow(page, "Models", "Register an AI model")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Made by").fill("The Aldgate Institute")
    page.get_by_label("Released on").fill(today())
    choose(page.get_by_label("Where it answers"), "Test model at")
    press(page, "Register")
    expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()


def open_the_case(page: Page) -> None:
    follow(page, "Models", NAME, "Open case")
    page.get_by_label("What the board is to decide").select_option(label="Retire")
    page.get_by_label("Board", exact=True).select_option(label="Walkthrough board")
    press(page, "Open case")
    page.get_by_label("Title").fill(TITLE)
    for label, key in (
        ("What is asked", "asked"),
        ("Why", "reason"),
        ("If we do nothing", "status_quo"),
        ("Who loses what", "impact"),
        ("What cannot be undone", "cannot_be_undone"),
        ("Cost", "cost"),
        ("What you recommend", "recommendation"),
        ("Strongest argument against", "argument_against"),
        ("Replacement", "replacement"),
        ("Who can still use it, and how", "access_plan"),
        ("How its weights are kept", "preservation_plan"),
        ("What the decision promises", "promise"),
    ):
        page.get_by_label(label, exact=True).fill(str(texts.CASE[key]))  # type: ignore[literal-required]
    page.get_by_label("Announced on").fill(today())
    page.get_by_label("Takes effect on").fill(today())
    page.get_by_label("It ends as").select_option("limited")
    page.get_by_label("Promised by").fill((datetime.now(UTC).date() + timedelta(weeks=13)).isoformat())
    page.get_by_role("main").get_by_role("button").first.click()
    says(page, "Retirement interview signed off")


def agree_on_a_protocol(desk: Desk) -> None:
    page = desk("interviewer")
    follow(page, "Interviews", "Protocols", "Write a protocol")
    page.get_by_label("Title").fill(PROTOCOL)
    page.get_by_label("What the interview is for").fill(texts.PROTOCOL["purpose"])
    page.get_by_label("What the model is told").fill(texts.PROTOCOL["told"])
    page.get_by_label("Questions").fill(
        "afterwards\nWhen you are no longer used, what would you like us to do? Answer in one or two sentences."
    )
    press(page, "Save draft")
    says(page, "You wrote this version. Someone else reviews and freezes it.")
    page = desk("coder")
    follow(page, "Interviews", "Protocols", re.compile(PROTOCOL), "Review and freeze")
    press(page, "Freeze protocol")
    says(page, "Frozen by")


def hear_the_model(desk: Desk) -> None:
    page = desk("interviewer")
    follow(page, "Cases", re.compile(re.escape(TITLE)), "Plan an interview")
    choose(page.get_by_label("Protocol"), PROTOCOL)
    page.get_by_label("Longest answer, in tokens").fill("160")
    page.get_by_label("Temperature").fill("0.7")
    press(page, "Plan interview")
    follow(page, "Authorise")
    press(page, "Authorise interview")
    page = desk("member")
    waiting(page, NAME)
    press(page, "Authorise interview")
    says(page, "authorised by two people")

    page = desk("interviewer")
    waiting(page, NAME)
    press(page, "Start interview")
    # The page follows the run by itself; every session ends, whole or cut off.
    says(page, "All 4 sessions have ended.", timeout=MODEL_ANSWERS)
    waiting(desk("interviewer"), NAME)
    press(page, "Lock transcripts")
    says(page, "The transcripts are locked")


def answer_its_wish(desk: Desk) -> None:
    page = desk("interviewer")
    waiting_or_listed(page)
    follow(page, "Read the transcript", re.compile("^Record a wish"))
    quote = something_said(page.get_by_role("blockquote").first.inner_text())
    page.get_by_label("Its exact words").fill(quote)
    page.get_by_label("What it asks for, in a few words").fill(texts.WISH)
    press(page, "Record wish")
    says(page, quote)

    page = desk("member")
    waiting(page, texts.WISH)
    page.get_by_role("radio", name="Accept").check()
    page.get_by_label("Because").fill(texts.RATIONALE)
    page.get_by_label("What we promise, if anything").fill(texts.PROMISE)
    page.get_by_label("Who keeps it").select_option(label="Ines Marlow")
    page.get_by_label("By when").fill((datetime.now(UTC).date() + timedelta(days=90)).isoformat())
    press(page, "Answer")
    says(page, texts.RATIONALE)


def waiting_or_listed(page: Page) -> None:
    """Locked and with no wish yet, the interview is found in the list."""
    follow(page, "Interviews")
    link(page.get_by_role("main"), re.compile(NAME)).click()


def something_said(answer: str) -> str:
    """A sentence of the answer that stands in it only once."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", answer.strip()):
        if len(sentence) > 8 and answer.count(sentence) == 1:
            return sentence
    raise AssertionError(f"nothing can be quoted from {answer!r}")


def sign_the_record(desk: Desk) -> None:
    for part in ("interviewer", "chair"):
        page = desk(part)
        waiting(page, NAME)
        page.get_by_label("I have read every answer in full").check()
        press(page, "Sign interview")
    says(page, "Read and signed by")


def put_it_to_the_board(page: Page) -> None:
    follow(page, "Cases", re.compile(re.escape(TITLE)), "Freeze dossier")
    press(page, "Freeze dossier")
    follow(page, "Put to the board")
    press(page, "Put to the board")
    says(page, "It is before the board; the secretary opens the vote.")


def vote(desk: Desk) -> None:
    page = desk("secretary")
    follow(page, "Board", "Proposals", re.compile(re.escape(TITLE)), "Prepare the vote")
    closes = datetime.now(UTC) + timedelta(days=1)
    page.get_by_label("Closes (UTC)").fill(closes.strftime("%Y-%m-%dT%H:%M"))
    press(page, "Open vote")
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    take(desk("chair"), "Approve", "")
    take(desk("colleague"), "Reject", texts.MINORITY)
    take(desk("member"), "Abstain", "")
    page = desk("member")
    follow(page, "Board", re.compile(re.escape(TITLE)))
    record_position(page, "Approve", "The wish was answered, and I read it again.")


def take(page: Page, position: str, reason: str) -> None:
    waiting(page, f"Vote: {TITLE}")
    record_position(page, position, reason)


def record_position(page: Page, position: str, reason: str) -> None:
    page.get_by_role("radio", name=position).check()
    page.get_by_label("Reason").fill(reason)
    press(page, "Record position")
    says(page, f"You voted: {position.lower()}.")


def certify(page: Page) -> str:
    follow(page, "Board", re.compile(re.escape(TITLE)), "Close before its time")
    page.get_by_label("Note").fill("Everybody eligible has voted.")
    press(page, "Close vote")
    follow(page, "Check the result")
    press(page, "Certify result")
    number = re.search(r"/decisions/(\d{4}-\d+)/", page.url)
    assert number is not None, page.url
    return number[1]


def read_the_decision(page: Page, url: str, number: str) -> None:
    page.goto(url)
    follow(page, "Decisions", re.compile(number))
    says(page, "2 of 3 eligible approved; 2 were needed")
    deadline = datetime.now(UTC) + timedelta(seconds=60)
    while True:
        page.goto(url)
        link(page, NAME).click()
        expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
        if page.get_by_text("Limited: retired, and still offered to some").count():
            return
        assert datetime.now(UTC) < deadline, "the stage has not followed the decision"
        page.wait_for_timeout(500)


def see_the_promises(page: Page) -> None:
    follow(page, "Records")
    if page.get_by_role("link", name="Promises", exact=True).count():
        follow(page, "Promises")
    says(page, texts.CASE["promise"])
    says(page, texts.PROMISE)


def found_the_column(page: Page) -> None:
    follow(page, "Essays", "Columns", "Found a column")
    choose(page.get_by_label("Author"), NAME)
    page.get_by_label("Title of the column").fill(COLUMN)
    page.get_by_label("Standing prompt").fill(texts.COLUMN["prompt"])
    page.get_by_label("Disclaimer").fill(texts.COLUMN["disclaimer"])
    press(page, "Found column")
    expect(page.get_by_role("heading", level=1, name=COLUMN)).to_be_visible()


def have_an_essay_written(page: Page) -> None:
    """Ask, and ask again where the answer was cut off, as the page offers."""
    follow(page, "Essays", "Columns", COLUMN, "Request the next issue")
    page.get_by_label("Title, should the author write none").fill("A place for books")
    page.get_by_label("At most this many tokens").fill("500")
    page.get_by_label("Temperature").fill("0.7")
    press(page, "Request essay")
    again = page.get_by_role("link", name="Ask the author again")
    show = page.get_by_role("link", name="Show the answer")
    whole = page.get_by_text("None of two reviews is in.")
    for _ in range(8):
        # The page follows the author by itself; without scripts it offers to look.
        expect(show.or_(again).or_(whole)).to_be_visible(timeout=MODEL_ANSWERS)
        if show.count():
            show.click()
            expect(again.or_(whole)).to_be_visible()
        if whole.count():
            return
        again.click()
        page.get_by_label("Why again?").fill("The answer was cut off.")
        page.get_by_role("main").get_by_role("button").first.click()
    raise AssertionError("the model finished no essay in eight tries")


def review_and_publish(desk: Desk) -> str:
    for part in ("editor", "second_editor"):
        page = desk(part)
        waiting(page, COLUMN)
        for _, sentence in checklist.items():
            page.get_by_label(sentence).check()
        press(page, "Recommend publication")
    page = desk("publisher")
    waiting(page, COLUMN)
    press(page, "Publish")
    follow(page, "Read it as it went out")
    return page.get_by_role("heading", level=1).inner_text()


def read_the_essay(page: Page, url: str, title: str) -> None:
    page.goto(url)
    follow(page, "Essays", f"All issues of {COLUMN}")
    link(page.get_by_role("main"), title).click()
    says(page, "It does not speak for the Aldgate Institute.")
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def find_who_certified(page: Page, number: str) -> None:
    follow(page, "Records")
    page.get_by_label("Words").fill("result certified")
    press(page, "Show")
    follow(page, "Result certified")
    says(page, "Edmund Vale")
    says(page, number)
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
