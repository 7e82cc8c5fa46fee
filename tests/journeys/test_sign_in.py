"""Signing in with a real browser: an app and its code, a passkey by one touch, a form that outlives its session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from tests.accounts.codes import code_of
from tests.cast import PASSWORD
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]


@pytest.fixture
def required(address: str, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    # A passkey belongs to a name; an address of numbers cannot have one.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]


def sign_in(page: Page, role: str) -> None:
    page.get_by_label("Email").fill(f"{role}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_member_sets_up_an_app_is_led_on_and_signs_in_with_its_code(
    visitor: Visitor, house: House, scripts: bool
) -> None:
    ballot = f"/desk/ballots/{house.open_ballot.pk}/"
    page = visitor(width=360, java_script_enabled=scripts).new_page()
    page.goto(ballot)
    sign_in(page, "member")
    expect(page.get_by_text("auditors need a second factor")).to_be_visible()
    page.get_by_role("link", name="Set up an authenticator app").first.click()
    expect(page.get_by_role("img", name="Square to scan with the app")).to_be_visible()
    secret = page.locator("figcaption code").inner_text().strip()
    page.get_by_label("Authenticator code").fill("000000")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("alert").first).to_contain_text("This code does not fit")
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    spare = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them: go on").click()
    page.wait_for_url(f"**{ballot}")

    again = visitor(width=360, java_script_enabled=scripts).new_page()
    again.goto(ballot)
    sign_in(again, "member")
    again.get_by_label("Code").fill(spare)
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.wait_for_url(f"**{ballot}")


@pytest.mark.usefixtures("required")
def test_a_passkey_is_added_and_signs_in_by_one_touch_back_to_the_page_that_was_wanted(
    visitor: Visitor, house: House, address: str
) -> None:
    site = address.replace("127.0.0.1", "localhost")
    window = visitor()
    page = window.new_page()
    _with_authenticator(window, page)
    page.goto(f"{site}/accounts/login/?next=/desk/ballots/")
    sign_in(page, "member")
    page.get_by_role("link", name="Add a passkey").first.click()
    page.get_by_label("Name").fill("Blue key")
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.goto(f"{site}/accounts/security/")
    expect(page.get_by_role("rowheader", name="Blue key")).to_be_visible()

    window.clear_cookies()
    page.goto(f"{site}/desk/ballots/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site}/desk/ballots/")
    # The touch was a fresh proof: a vote is taken at once.
    page.goto(f"{site}/desk/ballots/{house.open_ballot.pk}/")
    page.get_by_role("radio", name="Approve").check()
    page.get_by_role("button", name="Record position").click()
    expect(page.locator("p.sentence").first).to_contain_text("You voted: approve.")


def test_a_vote_sent_after_the_session_ended_is_found_again_and_sent_with_one_press(
    visitor: Visitor, house: House
) -> None:
    page = visitor("member", width=360).new_page()
    page.goto(f"/desk/ballots/{house.open_ballot.pk}/")
    page.get_by_role("radio", name="Reject").check()
    page.get_by_label("Reason").fill("The oldest hands have no other help.\nNor will they.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Record position").click()
    sign_in(page, "member")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing is lost")
    expect(page.get_by_text("The oldest hands have no other help.")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("p.sentence").first).to_contain_text("You voted: reject.")


def _with_authenticator(window: BrowserContext, page: Page) -> None:
    """A device of the browser's own that can prove who touches it (Chromium's WebAuthn domain)."""
    session = window.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
