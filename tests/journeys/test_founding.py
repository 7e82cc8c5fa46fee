"""An installation with nobody but its first person is founded in the browser, by that person and a second one."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from accounts.models import Person
from accounts.queries import organisation
from accounts.steps import password_link
from board.models import Board, Seat
from tests.factories.founding import first_person
from tests.journeys.conftest import signed_in_window
from tests.journeys.test_accessibility import faults_of

OWN_PASSWORD = "a-harbour-at-first-light"
PEOPLE = (
    ("Ada Marsh", "ada@example.org", "Chair"),
    ("Ben Okri", "ben@example.org", "Secretary"),
    ("Cleo Dunn", "cleo@example.org", "Member"),
    ("Dora Finch", "dora@example.org", "Member"),
)


def looks_right(page: Page) -> None:
    assert list(faults_of(page)) == [], page.url


def test_two_people_found_an_installation_from_nothing(browser: Browser, address: str) -> None:
    ada = Person.objects.get(pk=first_person().id)
    window = signed_in_window(browser, address, ada)
    page = window.new_page()
    page.goto("/desk/")
    page.get_by_role("link", name="Begin").first.click()
    expect(page.get_by_role("heading", level=1, name="Found this installation")).to_be_visible()
    looks_right(page)
    propose(page)
    expect(page.get_by_role("heading", level=1, name="The founding waits for Ben Okri")).to_be_visible()
    looks_right(page)
    assert not organisation().founded

    ben = signed_in_window(browser, address, None, width=360, theme="dark").new_page()
    accept_invitation(ben, Person.objects.get(name="Ben Okri"))
    ben.goto("/desk/")
    expect(ben.get_by_role("main")).to_contain_text("Confirm the founding of Harbour Library")
    ben.get_by_role("link", name="Read it").first.click()
    expect(ben.get_by_role("main")).to_contain_text("Dora Finch")
    looks_right(ben)
    ben.get_by_role("button", name="Confirm founding").click()
    expect(ben.get_by_role("heading", level=1, name="Harbour Library is founded")).to_be_visible()

    assert organisation().name == "Harbour Library"
    seats = Seat.objects.filter(board=Board.objects.get(name="Harbour board")).values_list(
        "person__name", "role"
    )
    assert dict(seats) == {name: seat.lower() for name, _, seat in PEOPLE}
    for url in ("/desk/", "/desk/people/", "/desk/settings/", "/desk/board/", "/desk/requirements/"):
        page.goto(url)
        assert page.get_by_role("heading", level=1).is_visible()
        looks_right(page)
    page.goto("/desk/people/")
    expect(page.get_by_role("link", name="Cleo Dunn")).to_be_visible()
    ben.context.close()
    window.close()


def propose(page: Page) -> None:
    """Fill in the one page and send it."""
    page.get_by_label("Name of the organisation").fill("Harbour Library")
    page.get_by_role("radio", name="Small team").check()
    page.get_by_role("radio", name="Affiliations").check()
    page.get_by_label("Name of the board").fill("Harbour board")
    page.get_by_role("spinbutton", name="Fewest who can act").fill("2")
    lines = page.locator("fieldset.founder")
    for place, (name, email, seat) in enumerate(PEOPLE):
        line: Any = lines.nth(place)
        line.get_by_label("Name", exact=True).fill(name)
        line.get_by_label("Email").fill(email)
        line.get_by_label("Seat on the board").select_option(label=seat)
    lines.nth(1).get_by_label("Secretary", exact=True).check()
    page.get_by_role("button", name="Propose founding").click()


def accept_invitation(page: Page, person: Person) -> None:
    """What the mail's link leads to: a password of one's own, then sign-in."""
    page.goto(urlsplit(password_link(person)).path)
    for field in page.locator("input[type=password]").all():
        field.fill(OWN_PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto("/accounts/login/")
    if "/login/" in page.url:
        page.get_by_label("Email").fill(str(person.user.email if person.user else ""))
        page.get_by_label("Password", exact=True).fill(OWN_PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/desk/**")
