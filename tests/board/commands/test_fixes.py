"""Words put right while a motion is in a vote: two people, and nothing that is asked changes."""

from typing import Any

import pytest
from django.urls import reverse

from board.commands import ballots, fixes
from board.models import Ballot, Motion, Position
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.cast import Cast
from tests.factories.board import open_ballot_for, vote

pytestmark = pytest.mark.django_db

TEXT = "Open the reading room on Sundays from 10:00 to 16:00, from 1 April on."


def propose(actor: Any, ballot: Ballot, **said: str) -> Any:
    words = {
        "title": ballot.motion.title,
        "text": TEXT,
        "status_quo": ballot.motion.status_quo,
        "reason": "The month was misprinted.",
        **said,
    }
    return fixes.propose_fix(actor=actor, ballot_id=ballot.pk, **words)


def test_a_fix_takes_two_people_and_changes_the_text_at_once(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    propose(cast.steward, ballot)
    assert Motion.objects.get().revision == 1
    with pytest.raises(NotAllowed, match="You proposed this fix"):
        fixes.confirm_fix(actor=cast.steward, ballot_id=ballot.pk)
    with pytest.raises(NotAllowed, match="confirmed or refused by"):
        fixes.confirm_fix(actor=cast.member, ballot_id=ballot.pk)
    fixes.confirm_fix(actor=cast.secretary, ballot_id=ballot.pk)
    motion = Motion.objects.get()
    assert (motion.text, motion.revision) == (TEXT, 2)
    assert Position.objects.count() == 1
    assert Message.objects.filter(kind="board.fix.confirmed").count() == 3
    vote(ballot, "approve", cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    (said,) = certificate.told["fixes"]
    assert (said["proposed_by"], said["confirmed_by"]) == ("Steward", "Secretary")
    assert said["after"]["text"] == certificate.told["motion"]["text"] == TEXT


def test_a_fix_is_refused_with_a_reason_and_nothing_changes(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    propose(cast.steward, ballot)
    with pytest.raises(IllegalMove, match="One at a time"):
        propose(cast.secretary, ballot)
    with pytest.raises(Unacceptable, match="why it is refused"):
        fixes.refuse_fix(actor=cast.chair, ballot_id=ballot.pk, reason=" ")
    fixes.refuse_fix(actor=cast.chair, ballot_id=ballot.pk, reason="Another month is another question.")
    assert Motion.objects.get().revision == 1
    with pytest.raises(IllegalMove, match="No fix waits"):
        fixes.confirm_fix(actor=cast.secretary, ballot_id=ballot.pk)


@pytest.mark.parametrize(
    ("said", "field"), [({"text": ""}, "text"), ({"reason": " "}, "reason"), ({"text": None}, "text")]
)
def test_a_fix_says_what_and_why(cast: Cast, said: dict[str, Any], field: str) -> None:
    ballot = open_ballot_for(cast)
    words = {key: ballot.motion.text if value is None else value for key, value in said.items()}
    with pytest.raises(Unacceptable) as refusal:
        propose(cast.steward, ballot, **words)
    assert refusal.value.field == field


def test_text_put_right_under_an_open_form_records_nothing_and_says_so(cast: Cast, signed_in: Any) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("member")
    assert 'name="seen" value="1.0"' in client.get(reverse("board:ballot", args=[ballot.pk])).content.decode()
    propose(cast.steward, ballot)
    fixes.confirm_fix(actor=cast.secretary, ballot_id=ballot.pk)
    url = reverse("board:ballot-position", args=[ballot.pk])
    response = client.post(url, {"position": "approve", "seen": "1.0"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "were put right while you read them" in page
    assert TEXT in page
    assert not Position.objects.exists()
    assert client.post(url, {"position": "approve", "seen": "2.0"}).status_code == 303
