"""Reminders: to whom, how often, and never saying how anybody voted."""

from datetime import timedelta

import pytest

from audit.models import Event
from board.commands.reminders import remind_electors
from core import clock
from core.errors import IllegalMove, NotAllowed
from mail.models import Message
from tests.cast import Cast
from tests.factories.board import open_ballot_for, vote

pytestmark = pytest.mark.django_db
KIND = "board.ballot.reminded"


def test_only_those_without_a_position_are_written_to(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "reject", cast.chair)
    remind_electors(actor=cast.secretary, ballot_id=ballot.pk)
    mails = Message.objects.filter(kind=KIND)
    assert {mail.recipient_id for mail in mails} == {cast.member.id, cast.colleague.id}
    assert all("reject" not in mail.text.lower() for mail in mails)
    assert Event.objects.get(verb=KIND).data["reminded"] == 2


def test_a_second_reminder_on_the_same_day_is_refused_and_the_next_day_it_goes_out(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    remind_electors(actor=cast.secretary, ballot_id=ballot.pk)
    with pytest.raises(IllegalMove, match="tomorrow"):
        remind_electors(actor=cast.secretary, ballot_id=ballot.pk)
    assert Message.objects.filter(kind=KIND).count() == 3
    with clock.moved(timedelta(days=1)):
        remind_electors(actor=cast.secretary, ballot_id=ballot.pk)
    assert Message.objects.filter(kind=KIND).count() == 6


def test_nobody_is_reminded_when_everybody_has_a_position(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with pytest.raises(IllegalMove, match="Nobody needs a reminder"):
        remind_electors(actor=cast.secretary, ballot_id=ballot.pk)
    assert not Message.objects.filter(kind=KIND).exists()


def test_nobody_is_reminded_of_a_vote_that_is_over(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at), pytest.raises(IllegalMove, match="no more positions"):
        remind_electors(actor=cast.secretary, ballot_id=ballot.pk)


def test_nobody_but_the_secretary_of_the_board_reminds(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    for actor in (cast.chair, cast.steward, cast.auditor):
        with pytest.raises(NotAllowed):
            remind_electors(actor=actor, ballot_id=ballot.pk)
