"""Promises on the desk: what we promised, and what became of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board.models import Board
from board.policies import may_read_board
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from lifecycle import policies
from lifecycle.commands import commitments as commands
from lifecycle.commands.releases import propose_release
from lifecycle.forms import BindForm, EvidenceForm, PromiseFilterForm, ReleaseForm
from lifecycle.models import Commitment
from lifecycle.queries.promises import (
    promise_to_show,
    promises_in_words,
    promises_to_list,
    release_motions,
)
from lifecycle.releases import why_not


@desk_page
@require_safe
def commitment_list(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_desk(request.actor))
    form = PromiseFilterForm(request.GET)
    form.is_valid()
    state = form.cleaned_data.get("state", "")
    today = clock.today()
    rows = promises_to_list(overdue_on=today) if state == "overdue" else promises_to_list(state=state)
    page = page_by_key(rows, request.GET)
    context = {
        "form": form,
        "page": page,
        "today": today,
        "counted": promises_in_words(),
        "mine": {row.pk for row in page.rows if policies.may_keep_commitment(request.actor, row)},
        "may_release": policies.may_propose_release(request.actor),
        "may_read_board": may_read_board(request.actor),
        "place": "records",
    }
    return render(request, "lifecycle/commitment_list.html", context)


@desk_page
@show_and_do
def keep(request: DeskRequest, commitment_id: UUID) -> HttpResponse:
    return _end(request, commitment_id, commands.keep_commitment, "kept", "Record as kept")


@desk_page
@show_and_do
def break_(request: DeskRequest, commitment_id: UUID) -> HttpResponse:
    return _end(request, commitment_id, commands.break_commitment, "broken", "Record as broken")


@desk_page
@show_and_do
def bind(request: DeskRequest, commitment_id: UUID) -> HttpResponse:
    require(policies.may_see_desk(request.actor))
    found = promise_to_show(commitment_id)
    if found is None:
        raise NotFound("There is no such promise.")
    require(policies.may_keep_commitment(request.actor, found))
    return submit(
        request,
        form=BindForm(request.POST or None),
        run=lambda said: commands.bind_commitment(actor=request.actor, commitment_id=commitment_id, **said),
        done=lambda bound: reverse("lifecycle:commitments"),
        template="lifecycle/commitment_bind.html",
        context={"commitment": found, "place": "records"},
    )


@desk_page
@show_and_do
def release(request: DeskRequest, commitment_id: UUID) -> HttpResponse:
    """Ask the board to release it."""
    require(policies.may_see_desk(request.actor))
    found = promise_to_show(commitment_id)
    if found is None:
        raise NotFound("There is no such promise.")
    require(policies.may_propose_release(request.actor))
    boards = Board.objects.filter(pk=found.case.board_id) if found.case else Board.objects.all()
    return submit(
        request,
        form=ReleaseForm(request.POST or None, boards=boards),
        run=lambda said: propose_release(actor=request.actor, commitment_id=commitment_id, **said),
        done=lambda motion: reverse("board:motion", args=[motion.pk]),
        template="lifecycle/commitment_release.html",
        context={
            "commitment": found,
            "refusal": why_not(found),
            "waiting": release_motions().filter(subject_id=found.pk).first(),
            "place": "records",
        },
        once=True,
    )


def _end(
    request: DeskRequest, commitment_id: UUID, command: Callable[..., Commitment], became: str, action: str
) -> HttpResponse:
    require(policies.may_see_desk(request.actor))
    found = promise_to_show(commitment_id)
    if found is None:
        raise NotFound("There is no such promise.")
    require(policies.may_keep_commitment(request.actor, found))
    context: dict[str, Any] = {"commitment": found, "became": became, "action": action, "place": "records"}
    return submit(
        request,
        form=EvidenceForm(request.POST or None),
        run=lambda cleaned: command(actor=request.actor, commitment_id=commitment_id, **cleaned),
        done=lambda done: reverse("lifecycle:commitments"),
        template="lifecycle/commitment_end.html",
        context=context,
    )
