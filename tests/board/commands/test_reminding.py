"""The clock's reminders: 72 and 24 hours before the close, once each, to those without a position."""

from datetime import timedelta
from uuid import UUID

import icalendar
import pytest

from audit.models import Event
from board.commands.ballots import recuse
from board.commands.reminders import remind_before_close
from board.models import Ballot
from board.reminding import SOON
from board.tasks import remind_before_close_of_due_ballots
from core import clock
from core.errors import NotAllowed
from mail.models import Message
from mail.sending import mail_of
from tests.cast import Cast
from tests.factories.board import open_ballot_for, vote

pytestmark = pytest.mark.django_db


def told() -> list[UUID]:
    return list(Message.objects.filter(kind=SOON).order_by("number").values_list("recipient_id", flat=True))


def at(ballot: Ballot, **before: float) -> None:
    """Run the task so long before the close."""
    with clock.frozen(ballot.closes_at - timedelta(**before)):
        remind_before_close_of_due_ballots()


def test_each_without_a_position_is_told_72_and_24_hours_before_once_each(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=10)
    vote(ballot, "approve", cast.chair)
    recuse(actor=cast.colleague, ballot_id=ballot.pk, category="personal", text="A tie.")
    at(ballot, hours=73)
    assert told() == []
    for hours in (72, 71, 30):
        at(ballot, hours=hours)
    assert told() == [cast.member.id]
    for hours in (24, 23, 1):
        at(ballot, hours=hours)
    assert told() == [cast.member.id] * 2
    texts = list(Message.objects.filter(kind=SOON).order_by("number").values_list("subject", flat=True))
    assert [text.partition(":")[0] for text in texts] == ["72 hours left", "24 hours left"]
    assert [
        event.data for event in Event.objects.filter(verb="board.ballot.reminded").order_by("number")
    ] == [
        {"hours": 72},
        {"hours": 24},
    ]


def test_who_has_voted_meanwhile_is_not_told_again(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=10)
    at(ballot, hours=70)
    assert set(told()) == {cast.chair.id, cast.member.id, cast.colleague.id}
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    at(ballot, hours=20)
    assert len(told()) == 3


def test_after_a_long_silence_of_the_task_only_the_last_reminder_is_sent(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=10)
    at(ballot, hours=3)
    assert set(Message.objects.filter(kind=SOON).values_list("subject", flat=True)) == {
        f"24 hours left: {ballot.motion.title}"
    }


@pytest.mark.parametrize(("days", "hours", "people"), [(3, 71, 0), (3, 23, 3), (1, 23.5, 0), (0.5, 6, 0)])
def test_nobody_is_reminded_of_what_was_opened_just_then(
    cast: Cast, days: float, hours: float, people: int
) -> None:
    ballot = open_ballot_for(cast, days=days)
    at(ballot, hours=hours)
    assert len(told()) == people


def test_nothing_is_sent_at_the_close_and_after(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=10)
    at(ballot, hours=0)
    at(ballot, hours=-5)
    assert told() == []


def test_only_the_clock_sends_them(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=10)
    with pytest.raises(NotAllowed):
        remind_before_close(actor=cast.secretary, ballot_id=ballot.pk)


def test_the_mail_of_an_opening_brings_its_calendar_entry(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=10)
    message = Message.objects.select_related("recipient").filter(kind="board.ballot.opened").first()
    assert message is not None
    (attached,) = mail_of(message, "member@example.org").message().get_payload()[1:]
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_filename() == "vote.ics"
    (entry,) = icalendar.Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    assert entry["dtstart"].dt == ballot.closes_at.replace(microsecond=0)
    assert str(entry["url"]).endswith(f"/desk/ballots/{ballot.pk}/")
