"""Real workers and a real mail connection: whatever is killed when, nobody gets a mail twice by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mail import sending
from mail.commands import requeue_message
from mail.models import Message
from tests.cast import Cast, admit_cast
from tests.factories.mail import posted
from tests.reliability.mail_server import ScriptedMailServer
from tests.reliability.processes import Worker, wait_until, workers
from tests.reliability.test_worker_killed import in_threads

pytestmark = pytest.mark.alone  # leases of seconds, kept by real workers

KIND = "accounts.role.granted"
CONTEXT = {"role": "Editor", "by": "Ines Aldgate"}
LEASE = "4"

Start = Callable[[], Worker]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedMailServer]:
    with ScriptedMailServer() as running:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{running.port}")
        monkeypatch.setenv("MAIL_LEASE", LEASE)
        monkeypatch.setenv("MAIL_SWEEP", "1")
        monkeypatch.setenv("EMAIL_TIMEOUT", "60")
        yield running


@pytest.fixture
def cast(fresh_db: str) -> Cast:
    people = admit_cast()
    Message.objects.all().delete()
    return people


@pytest.fixture
def start(fresh_db: str, tmp_path: Path) -> Iterator[Start]:
    with workers(fresh_db, tmp_path) as starting:
        yield starting


def state_of(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


def test_a_worker_killed_after_the_server_took_the_mail_does_not_lead_to_a_second_one(
    server: ScriptedMailServer, cast: Cast, start: Start
) -> None:
    server.silent_after_data = True
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    worker = start()
    server.wait_for(1)
    worker.kill()
    assert state_of(message) == "sending"
    server.silent_after_data = False
    start()
    wait_until(lambda: state_of(message) == "unsure", "the mail is unsure")
    (later,) = posted(cast.person("publisher"), kind=KIND, slot="two", context=CONTEXT)
    wait_until(lambda: state_of(later) == "sent", "another mail is sent")
    assert len(server.received) == 2
    assert state_of(message) == "unsure"
    requeue_message(actor=cast.secretary, number=message.number, reason="It did not arrive.")
    wait_until(lambda: state_of(message) == "sent", "it is sent again, by a person's word")
    assert len(server.received) == 3


def test_a_mail_queued_while_no_worker_ran_is_sent_when_one_is_there(
    server: ScriptedMailServer, cast: Cast, start: Start
) -> None:
    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    start()
    wait_until(lambda: state_of(message) == "sent", "the mail is sent")
    (taken,) = server.received
    assert f"To: {cast.person('editor').user.email}" in taken
    assert f"Message-ID: <{message.mail_id}@" in taken


def test_eight_workers_at_once_on_one_mail_send_it_once(cast: Cast) -> None:
    from django.core import mail as django_mail  # noqa: PLC0415  the list is made by the test's backend

    (message,) = posted(cast.person("editor"), kind=KIND, slot="one", context=CONTEXT)
    assert in_threads([lambda: sending.send(message.number)] * 8) == []
    assert len(django_mail.outbox) == 1
    assert state_of(message) == "sent"


def test_commands_at_once_that_tell_of_one_occasion_queue_one_mail_each_person(cast: Cast) -> None:
    people = [cast.person("editor"), cast.person("publisher")]
    posting = [lambda: posted(*people, kind=KIND, slot="one", context=CONTEXT)] * 6
    assert in_threads(posting) == []  # type: ignore[arg-type]
    assert Message.objects.filter(slot="one").count() == 2
