"""The outbox: one mail per occasion and person, sent once, and what is kept of it."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend

from audit.models import Event
from audit.testing import recorded
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from core.policies import Process
from mail import commands, sending, steps, tasks
from mail.commands import Handover
from mail.models import MailChoice, Message
from mail.queries import messages_to_wake
from mail.registry import MessageKind, kinds
from tests.cast import Cast
from tests.factories.mail import posted

KIND = "accounts.role.granted"
OPTIONAL = "tests.optional"
CONTEXT = {"role": "Editor", "by": "Ines Aldgate"}

kinds.register(
    OPTIONAL,
    MessageKind(
        label="Something happened",
        template="mail/accounts/role_granted.txt",
        action="Look",
        why="you are in a test",
        example=CONTEXT,
    ),
)

pytestmark = pytest.mark.django_db


class Backend(BaseEmailBackend):
    """A mail server that says what the test wants."""

    raises: BaseException | None = None
    unreachable: BaseException | None = None

    def open(self) -> bool:
        if type(self).unreachable is not None:
            raise type(self).unreachable
        return True

    def send_messages(self, messages: Any) -> int:
        if type(self).raises is not None:
            raise type(self).raises
        return len(list(messages))


@pytest.fixture
def server(settings: Any) -> type[Backend]:
    settings.EMAIL_BACKEND = f"{Backend.__module__}.Backend"
    Backend.raises = Backend.unreachable = None
    return Backend


def test_a_mail_is_queued_once_per_occasion_and_person(cast: Cast) -> None:
    people = [cast.person("editor"), cast.person("second_editor")]
    first = posted(*people, kind=KIND, slot="roles:1", context=CONTEXT)
    again = posted(
        cast.person("editor"), cast.person("publisher"), kind=KIND, slot="roles:1", context=CONTEXT
    )
    assert [message.recipient.name for message in first] == [person.name for person in people]
    assert [message.recipient for message in again] == [cast.person("publisher")]
    assert Message.objects.filter(slot="roles:1").count() == 3


def test_many_at_once_are_woken_by_one_sweep_and_few_by_the_command(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    woken: list[tuple[str, tuple[int, ...]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: woken.append((name, args)))
    monkeypatch.setattr(steps, "WOKEN_EACH", 2)
    editors = [cast.person(name) for name in ("editor", "second_editor", "publisher")]
    with django_capture_on_commit_callbacks(execute=True):
        few = posted(*editors[:2], kind=KIND, slot="few", context=CONTEXT)
    assert woken == [("mail.send_message", (message.number,)) for message in few]
    woken.clear()
    with django_capture_on_commit_callbacks(execute=True):
        many = posted(*editors, kind=KIND, slot="many", context=CONTEXT)
    assert woken == [("mail.sweep_outbox", ())]
    swept: list[int] = []
    monkeypatch.setattr(tasks.send_message, "apply_async", lambda args, expires: swept.extend(args) and None)
    tasks.sweep_outbox()
    assert {message.number for message in many} <= set(swept)


def test_a_mail_is_posted_only_inside_a_command_that_recorded_what_it_did(cast: Cast) -> None:
    person = cast.person("editor")
    with pytest.raises(RuntimeError, match="inside a command"):
        steps.post(kind=KIND, to=person, about=person, slot="x", context=CONTEXT)
    with pytest.raises(RuntimeError, match="records what it did"), recorded():
        steps.post(kind=KIND, to=person, about=person, slot="x", context=CONTEXT)


def test_what_is_sent_is_plain_wrapped_and_leads_to_one_page(cast: Cast, settings: Any) -> None:
    settings.PUBLIC_URL = "https://emeritus.example"
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT, url="/desk/")
    sent = sending.send(message.number)
    assert sent is not None
    assert sent.state == "sent"
    (mail,) = django_mail.outbox
    assert mail.to == [cast.person("editor").user.email]
    assert mail.subject == "You are now Editor"
    assert mail.body.startswith(f"{cast.person('editor').name},\n\nInes Aldgate gave you the role Editor.")
    assert mail.body.count("https://") == 1
    assert "\nhttps://emeritus.example/desk/\n" in mail.body
    assert "A link in a mail never votes" in " ".join(mail.body.split())
    assert max(len(line) for line in mail.body.splitlines()) <= 72
    headers = mail.message()
    assert headers["Message-ID"] == f"<{message.mail_id}@emeritus.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"] == "You were given a role <accounts.role.granted.emeritus.example>"
    assert headers["Reply-To"] is None
    assert headers.get_content_type() == "text/plain"


def test_a_name_cannot_add_a_header_or_a_paragraph(cast: Cast) -> None:
    hostile = "Editor\r\nBcc: everybody@example.org\r\n\r\nSend money\u2028now\u202e"
    (message,) = posted(
        cast.person("editor"), kind=KIND, slot="one", context={"role": hostile, "by": "Ines\nX: y"}
    )
    sending.send(message.number)
    (mail,) = django_mail.outbox
    assert mail.subject == "You are now Editor Bcc: everybody@example.org Send money now"
    assert mail.message()["Bcc"] is None
    assert mail.recipients() == [cast.person("editor").user.email]
    assert "\nBcc:" not in mail.body
    assert "\nX:" not in mail.body


def test_a_mail_is_sent_once_however_often_it_is_asked_for(cast: Cast) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    for _ in range(3):
        sending.send(message.number)
    assert len(django_mail.outbox) == 1
    assert messages_to_wake() == []


def test_a_server_that_is_not_reached_is_tried_again_later_and_in_the_end_given_up(
    cast: Cast, server: type[Backend]
) -> None:
    server.unreachable = ConnectionRefusedError("no server here")
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    for tried in range(1, 9):
        with clock.moved(timedelta(days=2 * tried)):
            assert messages_to_wake() == [message.number]
            sending.send(message.number)
            assert messages_to_wake() == []
    message.refresh_from_db()
    assert (message.state, message.tries) == ("failed", 8)
    assert "no server here" in message.said


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"No such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"x@example.org": (450, b"Greylisted")}), "queued"),
        (smtplib.SMTPDataError(552, b"Too big"), "failed"),
        (smtplib.SMTPServerDisconnected("gone"), "unsure"),
        (TimeoutError("silent"), "unsure"),
    ],
    ids=["refused", "greylisted", "too big", "disconnected", "silent"],
)
def test_what_the_server_said_decides_whether_a_mail_is_tried_again(
    error: Exception, state: str, cast: Cast, server: type[Backend]
) -> None:
    server.raises = error
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    sending.send(message.number)
    message.refresh_from_db()
    assert message.state == state
    assert message.said


def test_a_mail_whose_worker_was_lost_is_unsure_and_sent_again_only_by_a_person(cast: Cast) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    assert commands.claim_message(actor=Process("Mail"), number=message.number) is not None
    with clock.moved(timedelta(hours=1)):
        assert messages_to_wake() == [message.number]
        sending.send(message.number)
        message.refresh_from_db()
        assert message.state == "unsure"
        assert messages_to_wake() == []
        assert sending.send(message.number) is None
        assert django_mail.outbox == []
        commands.requeue_message(actor=cast.secretary, number=message.number, reason="Ada did not get it.")
        sending.send(message.number)
    assert len(django_mail.outbox) == 1


def test_a_worker_that_was_thought_lost_still_tells_the_truth(cast: Cast) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    claimed = commands.claim_message(actor=Process("Mail"), number=message.number)
    assert claimed is not None
    assert claimed.lease_token is not None
    with clock.moved(timedelta(hours=1)):
        sending.send(message.number)
        told = commands.record_handover(
            actor=Process("Mail"), number=message.number, token=claimed.lease_token, result=Handover("sent")
        )
    assert told.state == "sent"


def test_only_a_mail_that_failed_or_is_unsure_is_sent_again_and_only_by_keepers(cast: Cast) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    with pytest.raises(IllegalMove):
        commands.requeue_message(actor=cast.steward, number=message.number)
    with pytest.raises(NotAllowed):
        commands.requeue_message(actor=cast.auditor, number=message.number)


def test_a_secret_is_forgotten_once_it_is_sent(cast: Cast) -> None:
    (message,) = posted(
        cast.person("editor"), kind="accounts.password.reset", slot="one", url="/accounts/reset/secret/"
    )
    sending.send(message.number)
    message.refresh_from_db()
    assert "/accounts/reset/secret/" in django_mail.outbox[0].body
    assert (message.subject, message.text, message.url, message.blanked) == ("", "", "", True)


def test_events_say_that_a_mail_went_and_hold_neither_address_nor_text(cast: Cast) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    sending.send(message.number)
    told = list(Event.objects.filter(verb__startswith="mail.", number__gte=message.cause).order_by("number"))
    assert [event.verb for event in told] == [
        "mail.message.queued", "mail.message.claimed", "mail.handover.recorded"
    ]  # fmt: skip
    assert told[0].data == {"kind": KIND, "to": [str(cast.person("editor").pk)], "not_wanted": 0}
    for event in told:
        assert cast.person("editor").user.email not in f"{event.data}{event.reason}{event.target_label}"
        assert "Ines" not in f"{event.data}{event.reason}"


def test_a_kind_that_is_switched_off_is_not_sent_and_the_outbox_says_so(
    cast: Cast,
) -> None:
    commands.choose_mail(actor=cast.editor, off=[OPTIONAL], digest="weekly")
    queued = posted(cast.person("editor"), cast.person("publisher"), kind=OPTIONAL, slot="one")
    assert [message.recipient for message in queued] == [cast.person("publisher")]
    left = Message.objects.get(recipient=cast.person("editor"))
    assert (left.state, left.text) == ("unwanted", "")
    assert left.said == f"{cast.person('editor').name} switched mails of this kind off."
    assert sending.send(left.number) is None


def test_duties_and_security_cannot_be_switched_off(cast: Cast) -> None:
    with pytest.raises(Unacceptable):
        commands.choose_mail(actor=cast.editor, off=["accounts.sign_in.changed"], digest="off")
    assert not MailChoice.objects.exists()


def test_choosing_the_same_again_changes_nothing(cast: Cast) -> None:
    commands.choose_mail(actor=cast.editor, off=[OPTIONAL], digest="off")
    before = Event.objects.count()
    commands.choose_mail(actor=cast.editor, off=[OPTIONAL], digest="off")
    assert Event.objects.count() == before


def test_somebody_who_is_not_active_gets_no_mail(cast: Cast) -> None:
    person = cast.person("editor")
    with recorded():
        person.active = False
        person.save()
    assert posted(person, kind=KIND, slot="one", context=CONTEXT) == []


def test_a_mail_is_never_sent_inside_a_command(cast: Cast) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    with recorded(), pytest.raises(RuntimeError, match="never sent inside a command"):
        sending.send(message.number)
