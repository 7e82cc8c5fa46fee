"""The walkthrough against a real installation: its own database, worker, web server and local model.

Each `url` and `event` it prints is asked for again from outside, over HTTP, by the public and by the auditor.
"""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Installation


@pytest.fixture(scope="module")
def steps(installation: Installation) -> list[dict[str, object]]:
    """The walkthrough's own account, after it was run twice in a row."""
    accounts = [installation.manage("walkthrough", "--json") for _ in range(2)]
    first, second = ([json.loads(line) for line in account.splitlines()] for account in accounts)
    assert [step["step"] for step in first] == [step["step"] for step in second]
    return first + second


def test_every_step_was_done_and_has_an_event_of_its_own(steps: list[dict[str, object]]) -> None:
    assert all(step["ok"] for step in steps)
    # The protocol is frozen once and used twice; the seal has no entry of its own and points to the essay's.
    assert len({step["event"] for step in steps}) >= len(steps) - 3
    assert [step["step"] for step in steps[-2:]] == ["Everything sealed", "Exported, verified offline"]


def test_each_page_it_names_opens_for_the_public_or_the_auditor(
    installation: Installation, steps: list[dict[str, object]], browser: Browser
) -> None:
    public, auditor = browser.new_page(), installation.sign_in(browser, "auditor")
    wrong = []
    for step in steps:
        url = str(step["url"])
        visitor = auditor if url.startswith("/desk/") else public
        response = visitor.goto(installation.url + url)
        if response is None or response.status != 200 or visitor.locator("h1").count() != 1:
            wrong.append((step["step"], url, response and response.status))
    assert wrong == []


def test_each_event_it_names_stands_in_the_timeline(
    installation: Installation, steps: list[dict[str, object]], browser: Browser
) -> None:
    auditor = installation.sign_in(browser, "auditor")
    for step in steps:
        response = auditor.goto(f"{installation.url}/desk/audit/{step['event']}/")
        assert response is not None
        assert response.status == 200, step
        expect(auditor.get_by_text(f"entry {step['event']}").first).to_be_visible()


def test_the_public_finds_the_retirement_from_the_front_page(
    installation: Installation, steps: list[dict[str, object]], browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(installation.url)
    page.get_by_role("link", name="Walkthrough 2", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Walkthrough 2")).to_be_visible()
    expect(page.get_by_text("Limited: retired, and still offered to some")).to_be_visible()
    page.get_by_role("link", name="Decision 2026-02").first.click()
    expect(page.get_by_text("2 of 3 eligible approved; 2 were needed").first).to_be_visible()
    published = next(str(step["url"]) for step in reversed(steps) if step["step"] == "Essay published")
    page.goto(installation.url + published)
    expect(page.get_by_text("does not speak for the Aldgate Institute").first).to_be_visible()


def test_the_auditor_finds_who_certified_the_decision(
    installation: Installation, steps: list[dict[str, object]], browser: Browser
) -> None:
    page = installation.sign_in(browser, "auditor")
    page.goto(f"{installation.url}/desk/audit/")
    page.get_by_label("Words").fill("result certified")
    page.get_by_role("button", name="Show").click()
    assert "words=result+certified" in urlsplit(page.url).query
    page.get_by_role("link", name="Result certified", exact=True).first.click()
    expect(page.get_by_text("Edmund Vale").first).to_be_visible()
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
