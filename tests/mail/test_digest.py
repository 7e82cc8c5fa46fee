"""The digest comes once a day, when something waits and to those who want it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from accounts.registry import Waiting, waiting
from core import clock
from core.policies import Actor
from mail.commands import choose_mail
from mail.models import Message
from mail.registry import DIGEST
from mail.tasks import make_digests
from tests.cast import Cast

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)

_to_do: dict[str, list[Waiting]] = {}


def _what_waits(actor: Actor) -> list[Waiting]:
    return _to_do.get(actor.name, [])


waiting.register("tests.digest", _what_waits)


@pytest.fixture
def editor_has_work(cast: Cast) -> Iterator[str]:
    name = cast.person("editor").name
    _to_do[name] = [Waiting("Review issue 7", "/desk/essays/", "It waits for your review.", "Review")]
    yield name
    _to_do.clear()


def digests() -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=DIGEST).select_related("recipient").order_by("number")
    return [(row.recipient.name, row.subject) for row in rows]


def test_it_comes_once_a_day_to_those_for_whom_something_waits(cast: Cast, editor_has_work: str) -> None:
    for minutes in (0, 30, 60):
        with clock.frozen(MONDAY + timedelta(minutes=minutes)):
            make_digests()
    assert digests() == [(editor_has_work, "One thing waits for you")]
    assert "Review issue 7" in Message.objects.get(kind=DIGEST).text
    with clock.frozen(MONDAY + timedelta(days=1)):
        make_digests()
    assert len(digests()) == 2


def test_it_does_not_come_at_night(cast: Cast, editor_has_work: str) -> None:
    for hour in (0, 6, 10, 23):
        with clock.frozen(MONDAY.replace(hour=hour)):
            assert make_digests() == 0


def test_who_wants_it_weekly_gets_it_on_monday_and_who_does_not_never(
    cast: Cast, editor_has_work: str
) -> None:
    choose_mail(actor=cast.editor, off=[], digest="weekly")
    with clock.frozen(MONDAY + timedelta(days=1)):
        assert make_digests() == 0
    with clock.frozen(MONDAY):
        assert make_digests() == 1
    choose_mail(actor=cast.editor, off=[], digest="off")
    with clock.frozen(MONDAY + timedelta(days=7)):
        assert make_digests() == 0
