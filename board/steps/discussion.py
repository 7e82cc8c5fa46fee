"""Telling people of a discussion, as the last step of a command. The words stay on the page."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import Person
from board.discussion_mails import ANSWERED, ASKED, MENTIONED
from board.models import Comment
from mail.steps import post


def tell_of_mentions(comment: Comment, people: Iterable[Person]) -> None:
    _post(MENTIONED, comment, people)


def tell_of_question(comment: Comment) -> None:
    assert comment.asked_of is not None
    _post(ASKED, comment, [comment.asked_of])


def tell_of_answer(answer: Comment) -> None:
    """To whoever asked."""
    assert answer.reply_to is not None
    _post(ANSWERED, answer, [answer.reply_to.author])


def _post(kind: str, comment: Comment, people: Iterable[Person]) -> None:
    told = [person for person in people if person.pk != comment.author_id]
    if not told:
        return
    post(
        kind=kind,
        to=told,
        about=comment.motion,
        slot=f"{kind}:{comment.pk}",
        url=f"{reverse('board:motion-discussion', args=[comment.motion_id])}#comment-{comment.number}",
        context={
            "title": comment.motion.title,
            "author": comment.author_name,
            "answer_by": comment.answer_by,
        },
    )
