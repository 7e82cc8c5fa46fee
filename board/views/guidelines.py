"""Guidelines: what the boards go by, every version of it, on the desk and in public; proposing other words."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board import queries
from board.commands.guidelines import propose_guideline
from board.forms.guidelines import GuidelineForm, NewGuidelineForm
from board.models import Board, Guideline, Motion
from board.policies import may_move_motion, may_read_board
from board.views.ballots import posted
from core.diff import words
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit


def _found(guideline_id: UUID) -> Guideline:
    """One version, for whoever asks: what a board goes by is public with its decisions."""
    found = Guideline.objects.select_related("board", "certificate").filter(pk=guideline_id).first()
    if found is None:
        raise NotFound("There are no such guidelines.")
    return found


def _listed(request: HttpRequest, *, desk: bool, **more: Any) -> HttpResponse:
    page = page_by_key(queries.guidelines_in_force(), request.GET, by=("title", "pk"))
    context = {"page": page, "desk": desk, "one_page": f"{_app(desk)}:guideline", **more}
    return render(request, "board/guideline_list.html", context)


def _shown(request: HttpRequest, found: Guideline, *, desk: bool, **more: Any) -> HttpResponse:
    """One version, what it changed, and all the others of its document."""
    before = queries.guideline_version(found.document, found.version - 1)
    latest = queries.latest_guideline(found.document)
    context = {
        "guideline": found,
        "latest": latest,
        "in_force": latest == found,
        "before": before,
        "words": words(before.text, found.text) if before else [],
        "versions": page_by_key(queries.versions_of(found.document), request.GET, by="-version"),
        "waiting": queries.motions_about(found.document).first() if desk else None,
        "desk": desk,
        "all_pages": f"{_app(desk)}:guidelines",
        "one_page": f"{_app(desk)}:guideline",
        **more,
    }
    return render(request, "board/guideline.html", context)


def _app(desk: bool) -> str:
    return "board" if desk else "board_public"


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    return _listed(request, desk=False, place="decisions")


@require_safe
def public(request: HttpRequest, guideline_id: UUID) -> HttpResponse:
    return _shown(request, _found(guideline_id), desk=False, place="decisions")


@desk_page
@require_safe
def guideline_list(request: DeskRequest) -> HttpResponse:
    require(may_read_board(request.actor))
    return _listed(request, desk=True, may_move=may_move_motion(request.actor), place="board")


@desk_page
@require_safe
def guideline(request: DeskRequest, guideline_id: UUID) -> HttpResponse:
    found = guideline_for(request, guideline_id)
    return _shown(request, found, desk=True, may_move=may_move_motion(request.actor), place="board")


def guideline_for(request: DeskRequest, guideline_id: UUID) -> Guideline:
    """The version, on the desk of somebody who may read the board. NotFound otherwise."""
    if not may_read_board(request.actor):
        raise NotFound("There are no such guidelines.")
    return _found(guideline_id)


@desk_page
@show_and_do
def propose_new(request: DeskRequest) -> HttpResponse:
    require(may_move_motion(request.actor))
    boards = [(str(board.pk), board.name) for board in Board.objects.all()]
    return submit(
        request,
        form=NewGuidelineForm(posted(request), boards=boards),
        run=lambda said: propose_guideline(actor=request.actor, board_id=UUID(said.pop("board_id")), **said),
        done=_url_of,
        template="board/guideline_propose.html",
        context={"boards": boards, "place": "board"},
        once=True,
    )


@desk_page
@show_and_do
def propose(request: DeskRequest, guideline_id: UUID) -> HttpResponse:
    """Other words for a document, begun from those in force."""
    found = guideline_for(request, guideline_id)
    require(may_move_motion(request.actor))
    latest = queries.latest_guideline(found.document) or found
    return submit(
        request,
        form=GuidelineForm(posted(request), initial={"title": latest.title, "text": latest.text}),
        run=lambda said: propose_guideline(
            actor=request.actor,
            board_id=found.board_id,
            document=found.document,
            seen=_number(request.POST.get("seen", "")),
            **said,
        ),
        done=_url_of,
        template="board/guideline_propose.html",
        context={"latest": latest, "boards": True, "place": "board"},
        once=True,
    )


def _url_of(motion: Motion) -> str:
    return reverse("board:motion", args=[motion.pk])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
