"""The desk by keyboard: to the search and through what it finds, the list of keys, from place to place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.house import House

Visitor = Callable[..., BrowserContext]


def opened(visitor: Visitor, role: str = "steward", url: str = "/desk/", **look: object) -> Page:
    page = visitor(role, **look).new_page()
    page.goto(url)
    return page


def test_slash_goes_to_the_search_and_arrows_through_what_it_finds(house: House, visitor: Visitor) -> None:
    page = opened(visitor)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("haldain")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search/?q=haldain")
    page.keyboard.press("/")
    expect(page.locator("#search-here")).to_be_focused()
    page.keyboard.press("ArrowDown")
    first, second = page.locator(".results a").nth(0), page.locator(".results a").nth(1)
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-here")).to_be_focused()
    leads_to = first.get_attribute("href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{leads_to}")


def test_escape_leads_back_to_the_field(house: House, visitor: Visitor) -> None:
    page = opened(visitor, url="/desk/search/?q=haldane")
    page.locator(".results a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#search-here")).to_be_focused()


def test_a_question_mark_shows_the_keys_and_escape_puts_them_away(house: House, visitor: Visitor) -> None:
    page = opened(visitor)
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_hidden()
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_g_and_a_letter_go_to_a_place_and_never_while_one_types(house: House, visitor: Visitor) -> None:
    page = opened(visitor)
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/desk/cases/")
    page.keyboard.press("/")
    page.keyboard.type("g m ?")
    expect(page.locator("#search")).to_have_value("g m ?")
    assert page.url.endswith("/desk/cases/")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_first_stop_of_every_page_leads_to_its_content(house: House, visitor: Visitor) -> None:
    page = opened(visitor)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_search_works_on_a_phone_without_scripts(house: House, visitor: Visitor) -> None:
    page = opened(visitor, width=360, java_script_enabled=False)
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("haldain")
    page.get_by_role("button", name="Search").click()
    page.locator(".results a", has_text="Haldane 2").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Haldane 2")


def test_what_is_typed_in_utc_is_said_back_in_the_readers_zone(
    house: House, visitor: Visitor, settings: pytest.FixtureRequest
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    page = opened(visitor, url="/desk/components/")
    said = page.locator("output.said")
    expect(said).to_have_text("That is Thu 26 Nov 2026, 18:00 (17:00 UTC).")
    page.get_by_label("An instant (UTC)").fill("2026-07-01T22:30")
    expect(said).to_have_text("That is Thu 2 Jul 2026, 00:30 (1 Jul, 22:30 UTC).")
