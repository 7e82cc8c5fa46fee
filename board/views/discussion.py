"""The discussion of a motion: the page, and saying, asking, replying."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board import discussion as reading
from board.commands import discussion as commands
from board.discussion_forms import CommentForm, QuestionForm, ReplyForm
from board.models import Comment, Motion
from board.views.ballots import posted
from board.views.motions import motion_for
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.policies import require
from core.web import submit


def url_of(said: Comment) -> str:
    return f"{reverse('board:motion-discussion', args=[said.motion_id])}#comment-{said.number}"


def discussed(request: DeskRequest, motion_id: UUID, *, speaking: bool) -> Motion:
    """The motion, for somebody who may read its discussion, or may say something in it."""
    motion = motion_for(request, motion_id)
    require(reading.may_read(request.actor, motion))
    if speaking and request.method != "POST":
        reading.require_open(motion)
        require(reading.verdict(request.actor, motion))
    return motion


@desk_page
@require_safe
def discussion(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    motion = discussed(request, motion_id, speaking=False)
    found = reading.discussion_for(request.actor, motion, request.GET)
    return render(
        request, "board/motion_discussion.html", {"discussion": found, "motion": motion, "place": "board"}
    )


@desk_page
@show_and_do
def comment(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    motion = discussed(request, motion_id, speaking=True)
    return submit(
        request,
        form=CommentForm(posted(request)),
        run=lambda said: commands.comment(actor=request.actor, motion_id=motion_id, **said),
        done=url_of,
        template="board/motion_comment.html",
        context={"motion": motion, "place": "board"},
        once=True,
    )


@desk_page
@show_and_do
def ask(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    motion = discussed(request, motion_id, speaking=True)
    people = [
        (str(key), person.name)
        for key, person in reading.people_in(motion).items()
        if key != request.actor.id
    ]
    return submit(
        request,
        form=QuestionForm(posted(request), people=people),
        run=lambda said: commands.ask(actor=request.actor, motion_id=motion_id, **said),
        done=url_of,
        template="board/motion_ask.html",
        context={"motion": motion, "place": "board"},
        once=True,
    )


@desk_page
@show_and_do
def reply(request: DeskRequest, comment_id: UUID) -> HttpResponse:
    first = Comment.objects.filter(pk=comment_id).first()
    if first is None:
        raise NotFound("Nothing like this was said.")
    motion = discussed(request, first.motion_id, speaking=True)
    return submit(
        request,
        form=ReplyForm(posted(request)),
        run=lambda said: commands.reply(actor=request.actor, comment_id=comment_id, **said),
        done=url_of,
        template="board/comment_reply.html",
        context={"motion": motion, "first": first, "place": "board"},
        once=True,
    )
