"""The pages about mail: the outbox, one mail, templates, one's own choice, the local mailbox."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from core.choosing import FEW
from mail import sending
from mail.backends import LocalMailbox
from mail.models import MailChoice, Message
from mail.queries import choice_of
from mail.registry import DIGEST, kinds
from tests.cast import Cast
from tests.factories.mail import posted

pytestmark = pytest.mark.django_db

KIND = "accounts.role.granted"
CONTEXT = {"role": "Editor", "by": "Ines Aldgate"}
SignedIn = Callable[[str], Client]


def mail_to_the_editor(cast: Cast) -> Message:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    return message


def test_the_outbox_says_how_it_is_and_filters(cast: Cast, signed_in: SignedIn) -> None:
    mail_to_the_editor(cast)
    client = signed_in("secretary")
    page = client.get("/desk/mail/").content.decode()
    assert "1 mail waits to be sent; no mail was sent." in page
    assert "Editor" in page
    assert "Nobody has been written to" not in page
    assert "No mail matches" in client.get("/desk/mail/?state=failed").content.decode()


def test_an_auditor_sees_that_a_mail_was_sent_and_not_what_it_said(cast: Cast, signed_in: SignedIn) -> None:
    message = mail_to_the_editor(cast)
    url = reverse("mail:message-record", args=[message.number])
    assert "Ines Aldgate gave you the role" in signed_in("secretary").get(url).content.decode()
    seen = signed_in("auditor").get(url).content.decode()
    assert "Ines Aldgate" not in seen
    assert "read by stewards and secretaries only" in seen


def test_no_page_of_the_outbox_shows_an_address(cast: Cast, signed_in: SignedIn) -> None:
    message = mail_to_the_editor(cast)
    client = signed_in("steward")
    for url in ("/desk/mail/", reverse("mail:message-record", args=[message.number])):
        assert cast.person("editor").user.email not in client.get(url).content.decode()


def test_an_unsure_mail_is_sent_again_with_a_reason(cast: Cast, signed_in: SignedIn) -> None:
    message = mail_to_the_editor(cast)
    Message.objects.filter(pk=message.pk).update(state="unsure")
    client = signed_in("secretary")
    record = reverse("mail:message-record", args=[message.number])
    assert "Send again" in client.get(record).content.decode()
    answer = client.post(
        reverse("mail:message-requeue", args=[message.number]), {"reason": "She did not get it."}
    )
    assert answer.status_code == 303
    message.refresh_from_db()
    assert message.state == "queued"


@pytest.mark.parametrize("key", sorted(key for key, _ in kinds.items()))
def test_every_kind_has_a_preview(key: str, signed_in: SignedIn) -> None:
    kind = kinds.get(key)
    page = signed_in("auditor").get(reverse("mail:template-preview", args=[key]))
    assert page.status_code == 200
    assert kind.template in page.content.decode()


def test_the_list_of_mails_takes_as_many_queries_for_one_as_for_many(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        posted(cast.person("editor"), cast.person("publisher"), kind=KIND, slot=f"{number}", context=CONTEXT)
    client = signed_in("steward")
    with django_assert_max_num_queries(12):
        client.get("/desk/mail/")


def test_somebody_chooses_their_mails(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("editor")
    optional = [key for key, kind in kinds.items() if kind.optional and key != DIGEST]
    assert choice_of(cast.person("editor").pk).off == []
    answer = client.post("/desk/mail/preferences/", {"on": optional[:1], "digest": "weekly"})
    assert answer.status_code == 303
    chosen = MailChoice.objects.get(person=cast.person("editor"))
    assert (set(chosen.off), chosen.digest) == (set(optional[1:]), "weekly")
    page = client.get("/desk/mail/preferences/").content.decode()
    assert page.count("checked") == 2


def test_the_local_mailbox_keeps_what_was_sent_as_its_recipient_sees_it(
    cast: Cast, signed_in: SignedIn, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{LocalMailbox.__module__}.LocalMailbox"
    settings.LOCAL_MODE = True
    sending.send(mail_to_the_editor(cast).number)
    page = signed_in("outsider").get("/desk/mailbox/").content.decode()
    assert "You are now Editor" in page
    assert "Ines Aldgate gave you the role Editor." in page
    other = cast.person("publisher").user.email
    EmailMessage("Another", "Text", to=[other]).send()
    page = signed_in("outsider").get("/desk/mailbox/", {"address": other}).content.decode()
    assert "Another" in page
    assert "You are now Editor" not in page


def test_of_many_addresses_of_the_local_mailbox_one_is_typed(signed_in: SignedIn, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{LocalMailbox.__module__}.LocalMailbox"
    settings.LOCAL_MODE = True
    client = signed_in("outsider")
    for number in range(FEW):
        EmailMessage(f"Letter {number}", "Text", to=[f"reader{number:02}@example.org"]).send()
    assert "<select" in client.get("/desk/mailbox/").content.decode()
    EmailMessage("The last letter", "Text", to=["writer@example.org"]).send()
    page = client.get("/desk/mailbox/").content.decode()
    assert "<select" not in page
    assert page.count("<option") == FEW
    page = client.get("/desk/mailbox/", {"address": "Writer@example.org"}).content.decode()
    assert "The last letter" in page
    assert "Letter 7" not in page
    page = client.get("/desk/mailbox/", {"address": "writer"}).content.decode()
    assert "Nothing was sent to this address." in page


def test_there_is_no_mailbox_outside_local_mode(cast: Cast, signed_in: SignedIn, settings: Any) -> None:
    settings.LOCAL_MODE = False
    assert signed_in("steward").get("/desk/mailbox/").status_code == 404


def test_a_mail_shown_is_text_whatever_stands_in_it(cast: Cast, signed_in: SignedIn) -> None:
    (message,) = posted(
        cast.person("editor"), kind=KIND, slot="one", context={"role": "<script>alert(1)</script>", "by": "x"}
    )
    page = signed_in("steward").get(reverse("mail:message-record", args=[message.number])).content.decode()
    assert "<script>alert" not in page


def test_a_webhook_is_registered_tested_changed_and_switched_off_on_its_pages(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("secretary")
    said = {
        "name": "Newsroom",
        "url": "https://hooks.example.org/",
        "groups": ["decisions", "essays"],
        "secret_variable": "NEWSROOM_WEBHOOK_SECRET",
    }
    refused = client.post("/desk/webhooks/new/", said | {"url": "https://10.0.0.1/"})
    assert refused.status_code == 422
    assert "inside a private network" in refused.content.decode()
    page = client.post("/desk/webhooks/new/", said, follow=True)
    here = page.redirect_chain[-1][0]
    assert "Set NEWSROOM_WEBHOOK_SECRET in the environment" in page.content.decode()
    assert "The test is on its way" in client.post(here + "test/", follow=True).content.decode()
    changed = client.post(here + "edit/", said | {"groups": ["stages"]}, follow=True).content.decode()
    assert "It is switched off" in changed
    assert "Changes of stage" in changed
    assert "Newsroom" in client.get("/desk/webhooks/").content.decode()
