"""Proposals on the desk: the list, one motion, moving, changing, withdrawing it, opening its vote."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board import queries
from board.commands import ballots, motions
from board.forms import MotionForm, NewMotionForm, OpenForm, ReasonForm
from board.forms.acts import ReconsiderForm
from board.models import Board, Motion, Terms
from board.pages import kind_of
from board.policies import NOBODY, may_change_motion, may_move_motion, may_open_ballot, may_read_board
from board.registry import kinds
from board.states import MOTION, BallotState, MotionState
from board.views.ballots import posted
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import IllegalMove, NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit


def motion_for(request: DeskRequest, motion_id: UUID) -> Motion:
    """The motion, for somebody who may know of it. NotFound otherwise."""
    motion = queries.motions_to_list().filter(pk=motion_id).first()
    if motion is None or not may_read_board(request.actor):
        raise NotFound("There is no such proposal.")
    return motion


def url_of(motion: Motion) -> str:
    return reverse("board:motion", args=[motion.pk])


@desk_page
@require_safe
def motion_list(request: DeskRequest) -> HttpResponse:
    require(may_read_board(request.actor))
    page = page_by_key(queries.motions_to_list(), request.GET, by=("-moved_at", "-pk"))
    return render(
        request,
        "board/motion_list.html",
        {"page": page, "may_move": may_move_motion(request.actor), "place": "board"},
    )


@desk_page
@require_safe
def motion(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    found = motion_for(request, motion_id)
    kind = kind_of(found.kind)
    rounds = list(found.ballots.select_related("certificate").order_by("round"))
    waiting = found.state == MotionState.MOVED
    return render(
        request,
        "board/motion_page.html",
        {
            "motion": found,
            "kind": kind,
            "subject": kind.subject(found),
            "papers": kind.asks(found),
            "rounds": rounds,
            "open_round": next((row for row in rounds if row.state == BallotState.OPEN), None),
            "obstacles": kind.obstacles(found) if waiting else [],
            "against": kind.stands_against(found) if waiting else [],
            "waiting": waiting,
            "may_open": may_open_ballot(request.actor, found),
            "may_reconsider": found.state in (MotionState.CARRIED, MotionState.LOST, MotionState.RETURNED)
            and may_move_motion(request.actor),
            "reconsidered_by": list(found.reconsidered_by.order_by("number")),
            "may_change": may_change_motion(request.actor, found),
            "place": "board",
        },
    )


@desk_page
@show_and_do
def move(request: DeskRequest) -> HttpResponse:
    require(may_move_motion(request.actor))
    boards = [(str(board.pk), board.name) for board in Board.objects.all()]
    by_hand = [(key, kind.label) for key, kind in kinds.items() if kind.by_hand]

    def run(said: dict[str, Any]) -> Motion:
        return motions.move_motion(actor=request.actor, board_id=UUID(said.pop("board")), **said)

    return submit(
        request,
        form=NewMotionForm(posted(request), boards=boards, kinds=by_hand),
        run=run,
        done=url_of,
        template="board/motion_new.html",
        context={"boards": boards, "place": "board"},
        once=True,
    )


@desk_page
@show_and_do
def edit(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    found = motion_for(request, motion_id)
    require(may_change_motion(request.actor, found))
    words = {"title": found.title, "text": found.text, "status_quo": found.status_quo}
    return submit(
        request,
        form=MotionForm(posted(request), initial=words),
        run=lambda said: motions.edit_motion(
            actor=request.actor, motion_id=motion_id, seen=request.POST.get("seen", ""), **said
        ),
        done=url_of,
        template="board/motion_edit.html",
        context={"motion": found, "place": "board"},
    )


@desk_page
@show_and_do
def reconsider(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    """A new motion that points at a decided one."""
    old = motion_for(request, motion_id)
    require(may_move_motion(request.actor))
    prevailed = queries.took_the_side_that_prevailed(request.actor.id or NOBODY, old)
    return submit(
        request,
        form=ReconsiderForm(posted(request), prevailed=prevailed),
        run=lambda said: motions.reconsider_motion(actor=request.actor, motion_id=motion_id, **said),
        done=url_of,
        template="board/motion_reconsider.html",
        context={"motion": old, "prevailed": prevailed, "place": "board"},
        once=True,
    )


@desk_page
@show_and_do
def withdraw(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    found = motion_for(request, motion_id)
    require(may_change_motion(request.actor, found))
    return submit(
        request,
        form=ReasonForm(posted(request)),
        run=lambda said: motions.withdraw_motion(actor=request.actor, motion_id=motion_id, **said),
        done=url_of,
        template="board/motion_withdraw.html",
        context={"motion": found, "place": "board"},
    )


@desk_page
@show_and_do
def open_ballot(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    """Who will be on the roll, under which rules, what still forbids it; then the act."""
    found = motion_for(request, motion_id)
    require(may_open_ballot(request.actor, found))
    if request.method != "POST" and not MOTION.allows(found.state, MotionState.BALLOTED):
        raise IllegalMove(
            f"This proposal is {MotionState(found.state).label.lower()}; no vote can be opened on it."
        )
    kind = kind_of(found.kind)
    terms = queries.terms_for(found.board, kind.rules(found))
    return submit(
        request,
        form=OpenForm(
            posted(request),
            initial={"closes_at": _usual_close(terms)},
            may_override=queries.was_held(found),
        ),
        run=lambda said: ballots.open_ballot(actor=request.actor, motion_id=motion_id, **said),
        done=lambda opened: reverse("board:ballot", args=[opened.pk]),
        template="board/motion_open.html",
        context={
            "motion": found,
            "obstacles": kind.obstacles(found),
            "seats": queries.seats_of_electors(found.board),
            "terms": terms,
            "against": kind.stands_against(found),
            "place": "board",
        },
    )


def _usual_close(terms: Terms | None) -> datetime:
    """What the form proposes: a week, or the least the rules allow and a day, ending at 17:00 UTC."""
    days = max(7, (terms.minimum_opening_days if terms else 0) + 1)
    return (clock.now() + timedelta(days=days)).replace(hour=17, minute=0, second=0, microsecond=0)
