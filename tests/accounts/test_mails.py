"""What people are told about their own sign-in and roles: in the outbox, to their address only."""

import re
from collections.abc import Callable

import pytest
from django.core import mail as django_mail
from django.test import Client

from accounts.commands import admit_person, grant_role, revoke_role
from audit.models import Event
from mail import sending
from mail.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def newest(kind: str) -> Message:
    return Message.objects.filter(kind=kind).latest("number")


def test_somebody_who_was_admitted_chooses_a_password_by_the_link_in_their_mail(
    cast: Cast, client: Client
) -> None:
    person = admit_person(actor=cast.steward, name="Noor Adeyemi", email="noor@example.org")
    message = newest("accounts.person.admitted")
    assert message.recipient == person
    sending.send(message.number)
    (mail,) = django_mail.outbox
    (link,) = re.findall(r"^http://\S+$", mail.body, re.MULTILINE)
    page = client.get(link.partition("8000")[2], follow=True)
    chosen = {"password1": "quiet-harbour-lamp", "password2": "quiet-harbour-lamp"}
    client.post(page.redirect_chain[-1][0], chosen)
    assert client.login(email="noor@example.org", password="quiet-harbour-lamp")
    again = Client().get(link.partition("8000")[2], follow=True)
    assert b'type="password"' not in again.content


def test_a_forgotten_password_goes_by_the_outbox_and_its_link_is_not_kept(cast: Cast) -> None:
    person = cast.person("editor")
    Client(HTTP_HOST="localhost").post("/accounts/password/reset/", {"email": person.user.email})
    message = newest("accounts.password.reset")
    link = message.url
    sending.send(message.number)
    assert f"http://127.0.0.1:8000{link}" in django_mail.outbox[0].body
    message.refresh_from_db()
    assert link not in f"{message.text}{message.url}{message.subject}"
    assert Event.objects.filter(verb="accounts.password.reset_asked", target_id=str(person.pk)).exists()


def test_nobody_writes_to_an_address_that_is_not_known_here(cast: Cast) -> None:
    before = Message.objects.count()
    Client().post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert Message.objects.count() == before
    assert django_mail.outbox == []


def test_a_changed_password_is_told_to_its_owner(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("editor")
    cast.person("editor").user.refresh_from_db()
    new = {"oldpassword": "correct-horse-battery", "password1": "quiet-harbour-lamp"}
    client.post("/accounts/password/change/", new | {"password2": "quiet-harbour-lamp"})
    message = newest("accounts.sign_in.changed")
    assert (message.recipient, message.subject) == (cast.person("editor"), "Your password was changed")


def test_a_role_that_is_given_and_taken_is_told_with_who_and_why(cast: Cast) -> None:
    person = cast.person("outsider")
    grant = grant_role(actor=cast.steward, person_id=person.pk, role="editor")
    given = newest("accounts.role.granted")
    assert (given.recipient, given.subject) == (person, "You are now Editor")
    revoke_role(actor=cast.secretary, grant_id=grant.pk, reason="The column ended.")
    taken = newest("accounts.role.ended")
    assert "Secretary ended your role Editor." in taken.text
    assert "The reason given: The column ended." in taken.text


def test_a_password_is_asked_for_in_our_words(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("member").get("/accounts/password/change/").content.decode()
    assert ">Current password<" in page
    assert ">New password again<" in page
    assert "Not like your name or address" in page
    assert "can&#x27;t" not in page
