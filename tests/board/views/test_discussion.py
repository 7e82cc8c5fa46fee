"""The discussion of a motion: appended, replied to, asked with a clock, and not for the recused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.actors import PersonActor
from accounts.queries import waiting_for
from audit.models import Event
from board.commands import ballots, motions
from board.commands.discussion import ask, comment, reply
from board.models import Comment
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for

pytestmark = pytest.mark.django_db


def page_of(client: Client, motion: object) -> str:
    response = client.get(reverse("board:motion-discussion", args=[motion]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_is_said_stands_on_the_page_word_for_word_and_escaped(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    motion = move_motion(cast, found_board(cast))
    client = signed_in("member")
    response = client.post(
        reverse("board:motion-comment", args=[motion.pk]), {"text": "Costs <b>double</b> \u202eevil"}
    )
    assert response.headers["Location"].endswith(f"/{motion.pk}/discussion/#comment-1")
    page = page_of(client, motion.pk)
    assert "Costs &lt;b&gt;double&lt;/b&gt; [U+202E]evil" in page
    assert "No question waits for an answer." in page
    assert Event.objects.get(verb="board.comment.made").data == {"number": 1}


def questions_waiting_for(actor: PersonActor) -> list[str]:
    return [item.title for item in waiting_for(actor) if item.action == "Answer"]


def test_a_question_waits_for_its_answer_and_says_when_it_is_late(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    motion = move_motion(cast, found_board(cast))
    asked = ask(actor=cast.member, motion_id=motion.pk, text="What does it cost?", asked_of=cast.chair.id)
    assert asked.answer_by == asked.said_at + timedelta(days=3)
    told = Message.objects.get(kind="board.question.asked")
    assert (told.recipient_id, "What does it cost?" in told.text) == (cast.chair.id, False)
    assert questions_waiting_for(cast.chair) == [f"Answer a question: {motion.title}"]
    assert questions_waiting_for(cast.member) == []
    with clock.moved(timedelta(days=4)):
        assert "Not answered by" in page_of(signed_in("chair"), motion.pk)
    assert reply(actor=cast.colleague, comment_id=asked.pk, text="I wonder too.").kind == "comment"
    assert "One question waits for an answer." in page_of(signed_in("chair"), motion.pk)
    answer = reply(actor=cast.chair, comment_id=asked.pk, text="Four hours a month.")
    assert answer.kind == "answer"
    page = page_of(signed_in("chair"), motion.pk)
    assert "No question waits for an answer." in page
    assert "Four hours a month." in page
    assert questions_waiting_for(cast.chair) == []
    assert Message.objects.get(kind="board.question.answered").recipient_id == cast.member.id


def test_the_movers_reply_answers_and_the_askers_own_does_not(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast), mover=cast.member)
    asked = ask(actor=cast.chair, motion_id=motion.pk, text="Why now?", asked_of=cast.colleague.id)
    own = ask(actor=cast.member, motion_id=motion.pk, text="And you?", asked_of=cast.chair.id)
    assert reply(actor=cast.member, comment_id=asked.pk, text="The machine is old.").kind == "answer"
    assert reply(actor=cast.member, comment_id=own.pk, text="I mean the cost.").kind == "comment"


def test_an_answer_is_due_at_the_close_when_the_vote_closes_sooner(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=1)
    asked = ask(actor=cast.member, motion_id=ballot.motion_id, text="Why?", asked_of=cast.chair.id)
    assert asked.answer_by == ballot.closes_at


def test_who_is_named_with_an_at_is_written_to_once_and_not_for_naming_oneself(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast))
    comment(
        actor=cast.member,
        motion_id=motion.pk,
        text="@Chair and @Colleague, and @Member, and @Chair: see page 3.",
    )
    told = Message.objects.filter(kind="board.comment.mentioned")
    assert {message.recipient_id for message in told} == {cast.chair.id, cast.colleague.id}
    assert not any("page 3" in message.text for message in told)


def test_the_recused_neither_read_it_nor_speak_nor_are_written_to(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ballot = open_ballot_for(cast)
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    comment(actor=cast.chair, motion_id=ballot.motion_id, text="@Member knows.")
    assert not Message.objects.filter(kind="board.comment.mentioned").exists()
    response = signed_in("member").get(reverse("board:motion-discussion", args=[ballot.motion_id]))
    assert response.status_code == 403
    assert "You recused yourself" in response.content.decode()
    with pytest.raises(NotAllowed):
        comment(actor=cast.member, motion_id=ballot.motion_id, text="But.")
    with pytest.raises(Unacceptable):
        ask(actor=cast.chair, motion_id=ballot.motion_id, text="And?", asked_of=cast.member.id)


def test_nobody_speaks_where_it_is_over_and_auditors_never(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast))
    with pytest.raises(NotAllowed, match="Auditors read the discussion"):
        comment(actor=cast.auditor, motion_id=motion.pk, text="Noted.")
    motions.withdraw_motion(actor=cast.steward, motion_id=motion.pk, reason="Not now.")
    with pytest.raises(IllegalMove, match="its discussion is closed"):
        comment(actor=cast.chair, motion_id=motion.pk, text="Too late.")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_not_said(cast: Cast, text: str) -> None:
    motion = move_motion(cast, found_board(cast))
    with pytest.raises(Unacceptable, match="Write what you want to say"):
        comment(actor=cast.chair, motion_id=motion.pk, text=text)


def test_one_asks_somebody_else_who_has_to_do_with_it(cast: Cast) -> None:
    motion = move_motion(cast, found_board(cast))
    for asked in (cast.chair.id, cast.outsider.id):
        with pytest.raises(Unacceptable):
            ask(actor=cast.chair, motion_id=motion.pk, text="Why?", asked_of=asked)


@pytest.mark.parametrize(
    "statement", ["update board_comment set text = 'Other'", "delete from board_comment"]
)
def test_what_was_said_is_never_edited_or_taken_back(cast: Cast, statement: str) -> None:
    motion = move_motion(cast, found_board(cast))
    comment(actor=cast.chair, motion_id=motion.pk, text="As it was said.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Comment.objects.get().text == "As it was said."
