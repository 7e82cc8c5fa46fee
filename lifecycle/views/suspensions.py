"""Emergency suspensions on the desk: proposed by one person, put in force by another, ratified by the board."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.second_factor import fresh_factor
from board.models import Board
from board.policies import may_read_board
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.policies import Verdict, require
from core.web import submit
from lifecycle import policies
from lifecycle.allowance import allowance_of
from lifecycle.commands import suspensions as commands
from lifecycle.forms import NothingForm, RatificationForm, ReasonForm, SuspensionForm
from lifecycle.models import Suspension
from lifecycle.queries.suspensions import (
    motions_on,
    ratification_motions,
    sits_on_its_board,
    suspension_to_show,
)
from lifecycle.states import SuspensionState
from lifecycle.suspensions import (
    how_much_is_gone,
    latest_end,
    latest_opening,
    moment,
    why_not_ratify,
    why_not_suspend,
)
from lifecycle.views.models import model_for


def suspension_for(request: DeskRequest, suspension_id: UUID) -> Suspension:
    require(policies.may_see_desk(request.actor))
    found = suspension_to_show(suspension_id)
    if found is None:
        raise NotFound("There is no such suspension.")
    return found


def url_of(suspension: Suspension) -> str:
    return reverse("lifecycle:suspension", args=[suspension.pk])


@desk_page
@require_safe
def suspension(request: DeskRequest, suspension_id: UUID) -> HttpResponse:
    """Where it stands, who answers for it, what comes next."""
    found = suspension_for(request, suspension_id)
    sits = sits_on_its_board(request.actor, found)
    now = clock.now()
    state = found.state_at(now)
    motions = motions_on(found)
    proposed, unratified = state == SuspensionState.PROPOSED, state == SuspensionState.IN_FORCE
    in_force = unratified or state == SuspensionState.RATIFIED
    open_by = latest_opening(found) if unratified else None
    waiting = next((motion for motion in motions if motion.state in ("moved", "balloted")), None)
    context = {
        "suspension": found,
        "state": state,
        "in_force": in_force,
        "motions": motions,
        "waiting": waiting,
        "open_by": open_by,
        "too_late": open_by is not None and open_by < now,
        "may_confirm": policies.may_confirm_suspension(request.actor, found, sits=sits) if proposed else None,
        "may_drop": proposed and policies.may_drop_suspension(request.actor, found, sits=sits),
        "may_lift": unratified and policies.may_lift_suspension(request.actor, found, sits=sits),
        "may_ratify": in_force and waiting is None and policies.may_propose_ratification(request.actor),
        "may_read_board": may_read_board(request.actor),
        "place": "models",
    }
    return render(request, "lifecycle/suspension.html", context)


@desk_page
@show_and_do
@fresh_factor
def suspend(request: DeskRequest, ai_model_id: UUID) -> HttpResponse:
    """The first person."""
    found = model_for(request, ai_model_id)
    require(policies.may_propose_suspension(request.actor))
    left = allowance_of(found)
    form = SuspensionForm(
        request.POST or None,
        boards=Board.objects.all(),
        days_left=left.days,
        gone=how_much_is_gone(found, left),
    )
    return submit(
        request,
        form=form,
        run=lambda said: commands.propose_suspension(actor=request.actor, ai_model_id=ai_model_id, **said),
        done=url_of,
        template="lifecycle/model_suspend.html",
        context={"ai_model": found, "refusal": why_not_suspend(found), "place": "models"},
        once=True,
    )


@desk_page
@show_and_do
@fresh_factor
def confirm(request: DeskRequest, suspension_id: UUID) -> HttpResponse:
    """The second person puts it in force."""
    return _act(
        request,
        suspension_id,
        policies.may_confirm_suspension,
        NothingForm(request.POST if request.method == "POST" else None),
        commands.confirm_suspension,
        "confirm",
    )


@desk_page
@show_and_do
def drop(request: DeskRequest, suspension_id: UUID) -> HttpResponse:
    """It is taken back or turned down."""
    form = ReasonForm(request.POST or None)
    return _act(request, suspension_id, policies.may_drop_suspension, form, commands.drop_suspension, "drop")


@desk_page
@show_and_do
@fresh_factor
def lift(request: DeskRequest, suspension_id: UUID) -> HttpResponse:
    """The emergency is over."""
    form = ReasonForm(request.POST or None)
    return _act(request, suspension_id, policies.may_lift_suspension, form, commands.lift_suspension, "lift")


@desk_page
@show_and_do
def ratify(request: DeskRequest, suspension_id: UUID) -> HttpResponse:
    """Ask the board how long it lasts."""
    found = suspension_for(request, suspension_id)
    require(policies.may_propose_ratification(request.actor))
    refusal = why_not_ratify(found)
    at_most = "" if refusal else moment(latest_end(found))
    return submit(
        request,
        form=RatificationForm(request.POST or None, at_most=at_most),
        run=lambda said: commands.propose_ratification(
            actor=request.actor, suspension_id=suspension_id, **said
        ),
        done=lambda motion: reverse("board:motion", args=[motion.pk]),
        template="lifecycle/suspension_ratify.html",
        context={
            "suspension": found,
            "refusal": refusal,
            "waiting": ratification_motions().filter(subject_id=found.pk).first(),
            "place": "models",
        },
        once=True,
    )


def _act(
    request: DeskRequest,
    suspension_id: UUID,
    may: Callable[..., Verdict],
    form: Form,
    command: Callable[..., Suspension],
    act: str,
) -> HttpResponse:
    """One act on a suspension, asked for and done; back to it."""
    found = suspension_for(request, suspension_id)
    require(may(request.actor, found, sits=sits_on_its_board(request.actor, found)))
    context: dict[str, Any] = {"suspension": found, "act": act, "place": "models"}
    return submit(
        request,
        form=form,
        run=lambda said: command(actor=request.actor, suspension_id=suspension_id, **said),
        done=url_of,
        template="lifecycle/suspension_act.html",
        context=context,
    )
