"""axe finds nothing on any page, in light and in dark; nothing sticks out on a phone; nothing needs a script."""

from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, Page

from tests.factories.house import House
from tests.journeys.links import walked

# Each kind of page is looked at as somebody who has something to do on it.
VISITORS = ("nobody", "member", "secretary", "steward", "interviewer", "editor", "auditor")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AS_SEEN_BY_AXE = {"runOnly": {"type": "tag", "values": TAGS}}


def pages(house: House) -> dict[str, list[str]]:
    """Two addresses of every kind of page, under the first visitor who gets there."""
    kinds: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    for role in VISITORS:
        client = Client()
        if role != "nobody":
            client.force_login(
                house.cast.person(role).user, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        html: dict[str, str] = {}  # a file to download is not a page
        for url, _, _ in list(walked(client, "/" if role == "nobody" else "/desk/", pages=html)):
            kind = resolve(urlsplit(url).path).view_name
            if url in html and kinds[kind] < 2:
                kinds[kind] += 1
                found.setdefault(role, []).append(url)
    return found


def one_of_each_kind(found: dict[str, list[str]]) -> dict[str, list[str]]:
    kinds: dict[str, tuple[str, str]] = {}
    for role, urls in found.items():
        for url in urls:
            kinds.setdefault(resolve(urlsplit(url).path).view_name, (role, url))
    return {role: [url for who, url in kinds.values() if who == role] for role in found}


def each(
    found: dict[str, list[str]], visitor: Callable[..., BrowserContext], **look: object
) -> Iterator[tuple[str, Page]]:
    for role, urls in found.items():
        page = visitor(role, **look).new_page()
        for url in urls:
            page.goto(url)
            yield url, page


def faults_of(page: Page) -> Iterator[str]:
    """What is wrong with an open page, a sentence each."""
    for violation in Axe().run(page, options=AS_SEEN_BY_AXE).response["violations"]:
        where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
        yield f"{violation['id']}: {violation['help']} ({where})"
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if beyond > 0:
        yield f"sticks out by {beyond} px"
    if page.locator("h1").count() != 1:
        yield f"has {page.locator('h1').count()} h1"


def test_every_page_is_accessible_fits_a_phone_and_needs_no_script(
    house: House, visitor: Callable[..., BrowserContext]
) -> None:
    found = pages(house)
    first = one_of_each_kind(found)
    faults = [
        f"{url} ({theme}, {width} px): {fault}"
        for theme, width, looked_at in (("light", 1280, first), ("dark", 360, found))
        for url, page in each(looked_at, visitor, theme=theme, width=width)
        for fault in faults_of(page)
    ]
    faults += [
        f"{url} (no script): says nothing"
        for url, page in each(first, visitor, java_script_enabled=False)
        if not page.locator("main h1").is_visible() or len(page.locator("main").inner_text()) < 40
    ]
    assert "\n".join(faults) == ""
    assert sum(map(len, found.values())) > 40


def test_what_looks_for_faults_finds_them(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<main><h1>One</h1><h1>Two</h1><p style='color:#bbb'>pale<img src=x></p></main>")
    found = "\n".join(faults_of(page))
    page.close()
    assert "color-contrast" in found
    assert "image-alt" in found
    assert "has 2 h1" in found


def test_a_vote_can_be_cast_on_a_phone_without_scripts(
    house: House, visitor: Callable[..., BrowserContext]
) -> None:
    page = visitor("member", width=360, java_script_enabled=False).new_page()
    page.goto("/desk/")
    page.get_by_role("link", name="Haldane 2").first.click()
    page.get_by_label("Reject").check()
    page.get_by_label("Reason").fill("The oldest hands have no other reader.")
    page.get_by_role("button", name="Record position").click()
    position = house.open_ballot.positions.order_by("-number").first()
    assert position is not None
    assert (position.position, position.reason) == ("reject", "The oldest hands have no other reader.")
