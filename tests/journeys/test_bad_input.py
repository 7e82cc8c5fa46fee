"""What people do to a form without meaning harm, in the browser: nothing typed is lost, nothing happens twice."""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from accounts import commands
from accounts.models import RoleGrant
from board.models import Motion
from tests.cast import PASSWORD
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]
TEXT = "Put up a second lamp in the reading room, from Monday on."


def a_resolution(page: Page) -> None:
    page.goto("/desk/motions/new/")
    page.get_by_label("Kind").select_option(label="Resolution")
    page.get_by_label("The question").fill("Shall there be a second lamp?")
    page.get_by_label("What is asked").fill(TEXT)
    page.get_by_label("What happens if we do nothing").fill("One lamp.")


def move(page: Page) -> None:
    page.get_by_role("button", name="Make proposal", exact=True).click()


def test_a_session_that_ends_while_writing_loses_nothing(visitor: Visitor, house: House) -> None:
    page = visitor("member", width=360).new_page()
    a_resolution(page)
    Session.objects.all().delete()
    move(page)
    page.get_by_label("Email").fill("member@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing is lost.")
    expect(page.get_by_role("main")).to_contain_text(TEXT)
    assert not Motion.objects.filter(text=TEXT).exists()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("heading", level=1, name="Shall there be a second lamp?")).to_be_visible()
    assert Motion.objects.filter(text=TEXT).count() == 1


def test_pressed_twice_it_is_done_once(visitor: Visitor, house: House) -> None:
    page = visitor("member").new_page()
    a_resolution(page)
    page.get_by_role("button", name="Make proposal", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1, name="Shall there be a second lamp?")).to_be_visible()
    assert Motion.objects.filter(text=TEXT).count() == 1


def test_sent_again_after_the_back_button_it_is_done_once(visitor: Visitor, house: House) -> None:
    page = visitor("member").new_page()
    a_resolution(page)
    move(page)
    made = page.get_by_role("heading", level=1, name="Shall there be a second lamp?")
    expect(made).to_be_visible()
    page.go_back()
    a_resolution(page)
    move(page)
    expect(made).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("It was recorded once")
    assert Motion.objects.filter(text=TEXT).count() == 1


def test_a_role_withdrawn_while_the_page_is_open_is_said_in_a_sentence(
    visitor: Visitor, house: House
) -> None:
    page = visitor("steward").new_page()
    page.goto("/desk/models/new/")
    page.get_by_label("Name", exact=True).fill("Lark 2")
    page.get_by_label("Made by").fill("A house")
    grant = RoleGrant.objects.get(person=house.cast.person("steward"), role="steward", revoked_at=None)
    commands.revoke_role(actor=house.cast.secretary, grant_id=grant.pk, reason="On leave")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Only a steward registers AI models")
