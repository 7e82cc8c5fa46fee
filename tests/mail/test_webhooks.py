"""Webhooks over a real connection: signed, told once per event, tried again, and kept from looking inside."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import psycopg
import pytest
from django.db import connection

from audit.models import Event
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from core.policies import Process
from lifecycle.commands.ai_models import state_fact
from mail import commands, delivering
from mail.addresses import Unreachable, fault_of, require_public
from mail.commands import queue_deliveries
from mail.models import Delivery, Webhook
from mail.queries import deliveries_to_wake, watermark
from tests.cast import Cast, admit_cast
from tests.factories.lifecycle import make_ai_model
from tests.reliability.processes import wait_until
from tests.reliability.test_worker_killed import in_threads

KEY = b"twenty-four bytes at the least"
VARIABLE = "TESTS_WEBHOOK_SECRET"


class Receiver:
    """A server that answers as it is told and keeps what it got."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], str]] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.looks: Callable[[], None] = lambda: None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                receiver.looks()
                status, headers, said = receiver.answers.pop(0) if receiver.answers else (200, {}, "thanks")
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def will(self, status: int, said: str = "", **headers: str) -> None:
        self.answers.append((status, headers, said))


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    settings.DEBUG = True  # a plain address of this machine is acceptable there only
    monkeypatch.setenv(VARIABLE, "whsec_" + base64.b64encode(KEY).decode())
    running = Receiver()
    yield running
    running.server.shutdown()
    running.server.server_close()


def hook(cast: Cast, url: str, *, name: str = "Newsroom", groups: list[str] | None = None) -> Webhook:
    return commands.register_webhook(
        actor=cast.steward,
        name=name,
        url=url,
        groups=groups or ["dates"],
        secret_variable=VARIABLE,
    )


def verified(headers: dict[str, str], body: bytes) -> bool:
    """Standard Webhooks, as its receivers are told to check: written here anew, from the specification."""
    signed = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    expected = base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
    return any(
        version == "v1" and hmac.compare_digest(given, expected)
        for version, _, given in (one.partition(",") for one in headers["webhook-signature"].split(" "))
    )


def state_a_date(cast: Cast, name: str = "Wren") -> None:
    ai_model = make_ai_model(cast, name=name)
    state_fact(
        actor=cast.steward,
        ai_model_id=ai_model.pk,
        kind="retires_on",
        source="The board",
        effective=clock.today() + timedelta(days=90),
    )


def tell() -> int:
    """Queue what is new, once every writer of the cluster that was at work has ended, in other databases too."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        here = cursor.fetchone()[0]
    wait_until(lambda: watermark() > here, "the writers of before have ended")
    return queue_deliveries(actor=Process("Mail"))


def trial(cast: Cast, webhook: Webhook) -> Delivery:
    return commands.try_webhook(actor=cast.secretary, webhook_id=webhook.pk)


def test_a_public_fact_is_told_once_signed_and_without_names_or_votes(
    receiver: Receiver, fresh_db: str
) -> None:
    cast = admit_cast()
    tell()
    webhook = hook(cast, receiver.url)
    state_a_date(cast)
    assert tell() == 1
    assert tell() == 0
    (delivery,) = Delivery.objects.filter(webhook=webhook)
    assert delivering.deliver(delivery.number) is not None
    assert delivering.deliver(delivery.number) is None
    ((headers, body),) = receiver.got
    assert verified(headers, body)
    assert not verified(headers, body + b" ")
    assert headers["content-type"] == "application/json"
    told = json.loads(body)
    event = Event.objects.get(verb="lifecycle.fact.stated")
    assert told["type"] == "lifecycle.fact.stated"
    assert told["data"]["event"] == event.number
    assert told["data"]["target"]["url"].endswith("/models/wren/")
    assert told["data"]["target"]["label"].startswith("Wren: ")
    assert set(told["data"]) == {"event", "target"}
    delivery.refresh_from_db()
    assert (delivery.state, delivery.log[0]["status"], delivery.log[0]["said"]) == (
        "delivered",
        200,
        "thanks",
    )


def test_an_event_that_commits_late_is_told_although_later_ones_were_told_before(
    receiver: Receiver, fresh_db: str
) -> None:
    """Numbers become visible out of order: what a slow command drew first must not be skipped."""
    cast = admit_cast()
    tell()
    hook(cast, receiver.url)
    with psycopg.connect(fresh_db) as slow:
        slow.execute("select pg_current_xact_id()")  # a writer that is still at work
        state_a_date(cast)
        assert queue_deliveries(actor=Process("Mail")) == 0
    assert tell() == 1


def test_what_was_before_a_webhook_is_not_told(receiver: Receiver, fresh_db: str) -> None:
    cast = admit_cast()
    tell()
    state_a_date(cast)
    hook(cast, receiver.url)
    assert tell() == 0


def test_only_what_was_chosen_is_told(receiver: Receiver, fresh_db: str) -> None:
    cast = admit_cast()
    tell()
    hook(cast, receiver.url, groups=["decisions", "essays"])
    state_a_date(cast)
    assert tell() == 0


def test_two_dispatchers_at_once_queue_one_delivery(receiver: Receiver, fresh_db: str) -> None:
    cast = admit_cast()
    tell()
    hook(cast, receiver.url)
    state_a_date(cast)
    assert in_threads([tell] * 4) == []
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_server_in_trouble_is_asked_again_later(cast: Cast, receiver: Receiver) -> None:
    receiver.will(500, "not now")
    delivery = trial(cast, hook(cast, receiver.url))
    delivering.deliver(delivery.number)
    delivery.refresh_from_db()
    assert (delivery.state, [one["status"] for one in delivery.log]) == ("queued", [500])
    assert deliveries_to_wake() == []
    with clock.moved(timedelta(seconds=10)):
        assert deliveries_to_wake() == [delivery.number]
        delivering.deliver(delivery.number)
    delivery.refresh_from_db()
    assert (delivery.state, [one["status"] for one in delivery.log]) == ("delivered", [500, 200])
    (first, _), (second, body) = receiver.got
    assert first["webhook-id"] == second["webhook-id"]
    assert verified(second, body)


@pytest.mark.django_db
def test_a_server_that_never_answers_well_is_given_up_after_three_days(
    cast: Cast, receiver: Receiver
) -> None:
    delivery = trial(cast, hook(cast, receiver.url))
    hours = 0
    while not delivery.ended_at:
        assert hours < 24 * 5
        receiver.answers = [(503, {}, "")]
        with clock.moved(timedelta(hours=hours)):
            delivering.deliver(delivery.number)
        delivery.refresh_from_db()
        hours += 1
    assert (delivery.state, delivery.tries) == ("failed", 10)
    assert 24 * 3 <= hours <= 24 * 4


@pytest.mark.django_db
def test_a_server_that_is_gone_switches_its_webhook_off(cast: Cast, receiver: Receiver) -> None:
    receiver.will(410)
    webhook = hook(cast, receiver.url)
    delivery = trial(cast, webhook)
    delivering.deliver(delivery.number)
    webhook.refresh_from_db()
    delivery.refresh_from_db()
    assert (webhook.active, delivery.state) == (False, "failed")
    assert Event.objects.filter(verb="mail.webhook.switched_off", target_id=str(webhook.pk)).count() == 1
    with pytest.raises(IllegalMove):
        trial(cast, webhook)


@pytest.mark.django_db
def test_a_redirect_is_not_followed(cast: Cast, receiver: Receiver) -> None:
    receiver.will(302, location=receiver.url + "/elsewhere")
    delivery = trial(cast, hook(cast, receiver.url))
    delivering.deliver(delivery.number)
    delivery.refresh_from_db()
    assert len(receiver.got) == 1
    assert (delivery.state, delivery.log[0]["status"]) == ("queued", 302)


@pytest.mark.django_db
def test_a_silent_server_is_given_up_and_its_answer_cut(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "TIMEOUTS", (0.5, 0.3))
    silence = threading.Event()
    receiver.looks = lambda: silence.wait(3) and None
    delivery = trial(cast, hook(cast, receiver.url))
    delivering.deliver(delivery.number)
    silence.set()
    delivery.refresh_from_db()
    assert delivery.state == "queued"
    assert delivery.log[0]["status"] is None
    assert "imeout" in delivery.log[0]["said"]
    receiver.looks = lambda: None
    receiver.answers = [(200, {}, "x" * 100_000)]
    with clock.moved(timedelta(minutes=1)):
        delivering.deliver(delivery.number)
    delivery.refresh_from_db()
    assert len(delivery.log[1]["said"]) == delivering.KEPT


@pytest.mark.django_db
def test_without_its_secret_nothing_is_sent(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = trial(cast, hook(cast, receiver.url))
    for day, wrong in enumerate(("", "plain", "whsec_c2hvcnQ=", "whsec_***")):
        monkeypatch.setenv(VARIABLE, wrong)
        with clock.moved(timedelta(days=day)):
            delivering.deliver(delivery.number)
    delivery.refresh_from_db()
    assert receiver.got == []
    assert len(delivery.log) == 4
    assert all("Set TESTS_WEBHOOK_SECRET" in one["said"] for one in delivery.log)


@pytest.mark.django_db
def test_a_delivery_can_be_sent_again_by_keepers_only(cast: Cast, receiver: Receiver) -> None:
    delivery = trial(cast, hook(cast, receiver.url))
    with pytest.raises(IllegalMove):
        commands.requeue_delivery(actor=cast.steward, number=delivery.number)
    delivering.deliver(delivery.number)
    with pytest.raises(NotAllowed):
        commands.requeue_delivery(actor=cast.auditor, number=delivery.number)
    commands.requeue_delivery(actor=cast.steward, number=delivery.number)
    delivering.deliver(delivery.number)
    assert len(receiver.got) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.8]/",
        "https://[fe80::1]/",
        "https://100.64.0.1/",
        "https://user:secret@hooks.example.org/",
        "ftp://hooks.example.org/",
        "hooks.example.org",
    ],
)
def test_in_production_only_public_https_addresses_are_taken(url: str, settings: Any) -> None:
    settings.DEBUG = False
    assert fault_of(url)
    assert fault_of("https://hooks.example.org/emeritus") == ""


def test_a_name_that_leads_inside_is_not_asked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = False
    monkeypatch.setattr(
        "mail.addresses.socket.getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("10.1.2.3", 443))]
    )
    with pytest.raises(Unreachable, match=r"10\.1\.2\.3"):
        require_public("https://hooks.example.org/")


@pytest.mark.django_db
def test_a_name_that_leads_inside_only_when_it_is_asked_is_refused_at_the_line(
    cast: Cast, receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look-up said "public", the connection ends here: nothing is sent over it."""
    delivery = trial(cast, hook(cast, receiver.url))
    settings.DEBUG = False
    monkeypatch.setattr(delivering, "fault_of", lambda url: "")
    monkeypatch.setattr(delivering, "require_public", lambda url: None)
    delivering.deliver(delivery.number)
    delivery.refresh_from_db()
    assert receiver.got == []
    assert "inside a private network" in delivery.log[0]["said"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("secret_variable", "SECRET_KEY"),
        ("groups", ["votes"]),
        ("groups", []),
        ("url", "nonsense"),
        ("name", " "),
    ],
)
def test_what_is_malformed_is_refused(cast: Cast, field: str, value: Any) -> None:
    said: dict[str, Any] = {
        "name": "Newsroom",
        "url": "https://hooks.example.org/",
        "groups": ["dates"],
        "secret_variable": VARIABLE,
    }
    with pytest.raises(Unacceptable):
        commands.register_webhook(actor=cast.steward, **(said | {field: value}))
