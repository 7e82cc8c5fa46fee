"""Who is written to when a vote opens, closes and is certified, an interview is planned, a promise comes due."""

from datetime import timedelta

import pytest

from board.commands.ballots import certify_result
from core import clock
from lifecycle.commands.commitments import keep_commitment
from lifecycle.tasks import remind_of_promises
from mail.models import Message
from tests.cast import Cast
from tests.factories.board import closed_ballot_for, open_ballot_for, vote
from tests.factories.interviews import planned
from tests.factories.lifecycle import make_ai_model, make_commitment

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=kind).select_related("recipient").order_by("recipient__name")
    return [(row.recipient.name, row.subject) for row in rows]


def test_a_vote_that_opens_is_told_to_everybody_on_its_roll(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    asked = "Your vote is asked: Shall the reading room open on Sundays?"
    assert told("board.ballot.opened") == [("Chair", asked), ("Colleague", asked), ("Member", asked)]
    message = Message.objects.filter(kind="board.ballot.opened").first()
    assert message is not None
    assert message.url == f"/desk/ballots/{ballot.pk}/"
    assert f"{ballot.closes_at:%H:%M} UTC" in message.text


def test_the_secretary_is_asked_to_certify_and_everybody_told_the_result(cast: Cast) -> None:
    ballot = closed_ballot_for(cast)
    assert [name for name, _ in told("board.ballot.closed")] == ["Secretary"]
    certificate = certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    names = [name for name, _ in told("board.result.certified")]
    assert names == ["Chair", "Colleague", "Member", "Secretary"]
    message = Message.objects.filter(kind="board.result.certified").first()
    assert message is not None
    assert message.url == f"/decisions/{certificate.number}/"


def test_no_mail_of_a_vote_tells_how_anybody_voted_before_it_is_certified(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "reject", cast.member, reason="The weights would be lost.")
    for message in Message.objects.filter(kind__startswith="board."):
        assert "reject" not in message.text.lower()
        assert "weights would be lost" not in message.text


def test_who_may_authorise_an_interview_is_asked_and_not_who_planned_it(cast: Cast) -> None:
    planned(cast)
    names = [name for name, _ in told("interviews.interview.planned")]
    assert names == ["Chair", "Colleague", "Member"]


def test_a_promise_is_told_of_a_week_before_and_when_it_is_overdue_once_each(cast: Cast) -> None:
    promise = make_commitment(cast, make_ai_model(cast), due_on=clock.today() + timedelta(days=10))
    for day in range(16):
        with clock.moved(timedelta(days=day)):
            remind_of_promises()
            remind_of_promises()
    subjects = [subject for _, subject in told("lifecycle.commitment.due")]
    assert sorted(subject.partition(":")[0] for subject in subjects) == [
        f"Due on {promise.due_on.day} {promise.due_on:%b %Y}",
        "Overdue",
    ]
    assert {name for name, _ in told("lifecycle.commitment.due")} == {"Archivist"}


def test_a_promise_that_was_kept_is_not_told_of(cast: Cast) -> None:
    promise = make_commitment(cast, make_ai_model(cast), due_on=clock.today() + timedelta(days=2))
    keep_commitment(actor=cast.archivist, commitment_id=promise.pk, evidence="The copies were checked.")
    assert remind_of_promises() == 0
    assert told("lifecycle.commitment.due") == []
