"""AI models on the desk: the list, one model, and what is said of it."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from lifecycle import policies
from lifecycle.commands import ai_models as commands
from lifecycle.forms import AIModelEditForm, AIModelForm, FactForm, fitting_kinds
from lifecycle.models import AIModel
from lifecycle.queries.asof import as_of
from lifecycle.queries.life import life_of
from lifecycle.queries.ours import SOONEST, our_models, our_rows, stewards
from lifecycle.queries.suspensions import of_model, saying_whether_suspended
from lifecycle.registry import columns
from lifecycle.states import SuspensionState
from lifecycle.suspensions import why_not_suspend
from lifecycle.visibility import seen_as

# Cases on a model's page, which has much else on it.
CASES = 10


def model_for(request: DeskRequest, ai_model_id: UUID) -> AIModel:
    require(policies.may_see_desk(request.actor))
    rows = AIModel.objects.select_related("steward", "succeeds", "endpoint")
    found = rows.filter(pk=ai_model_id).first()
    if found is None:
        raise NotFound("There is no such AI model.")
    return found


def url_of(ai_model: AIModel) -> str:
    return reverse("lifecycle:model-record", args=[ai_model.pk])


@desk_page
@require_safe
def model_list(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_desk(request.actor))
    today = as_of(None, None)
    rows = saying_whether_suspended(our_models(today, request.actor), today)
    page = page_by_key(rows, request.GET, by=SOONEST)
    context = {
        "page": page,
        "ours": our_rows(page.rows, today, request.actor),
        "columns": [title for title, _ in columns.items()],
        "may_register": policies.may_register_ai_model(request.actor),
        "counts": AIModel.objects.aggregate(
            held=Count("pk", filter=Q(ours=True)), vendors=Count("pk", filter=Q(ours=False))
        ),
        "place": "models",
    }
    return render(request, "lifecycle/model_list.html", context)


@desk_page
@require_safe
def model(request: DeskRequest, ai_model_id: UUID) -> HttpResponse:
    found = model_for(request, ai_model_id)
    now = clock.now()
    suspensions = [(row, row.state_at(now)) for row in of_model(found)]
    page = page_by_key(found.cases.select_related("steward"), request.GET, size=CASES, name="cases")
    context = {
        "ai_model": found,
        "page": page,
        "life": life_of(found, as_of(None, None), request.actor),
        "may_register": policies.may_register_ai_model(request.actor),
        "kinds": fitting_kinds(found),
        "seen": seen_as(found, now),
        "suspensions": suspensions,
        "suspension_proposed": next(
            (row for row, state in suspensions if state == SuspensionState.PROPOSED), None
        ),
        "may_suspend": policies.may_propose_suspension(request.actor) and not why_not_suspend(found),
        "place": "models",
    }
    return render(request, "lifecycle/model_record.html", context)


@desk_page
@show_and_do
def register(request: DeskRequest) -> HttpResponse:
    require(policies.may_register_ai_model(request.actor))
    return submit_model(
        request,
        AIModelForm(request.POST or None),
        lambda cleaned: commands.register_ai_model(actor=request.actor, **cleaned),
        {"title": "Register an AI model", "action": "Register"},
    )


@desk_page
@show_and_do
def edit(request: DeskRequest, ai_model_id: UUID) -> HttpResponse:
    found = model_for(request, ai_model_id)
    require(policies.may_register_ai_model(request.actor))
    initial = {
        name: getattr(found, name)
        for name in ("family", "licence", "description", "endpoint_id", "succeeds_id", "steward_id")
    }
    return submit_model(
        request,
        AIModelEditForm(request.POST or None, initial=initial, stewards=stewards(found), ai_model=found),
        lambda cleaned: commands.edit_ai_model(actor=request.actor, ai_model_id=ai_model_id, **cleaned),
        {"title": f"Edit {found.name}", "action": "Save", "ai_model": found},
    )


@desk_page
@show_and_do
def state(request: DeskRequest, ai_model_id: UUID) -> HttpResponse:
    found = model_for(request, ai_model_id)
    require(policies.may_state_fact(request.actor))
    return submit_model(
        request,
        FactForm(request.POST or None),
        lambda cleaned: commands.state_fact(actor=request.actor, ai_model_id=ai_model_id, **cleaned).ai_model,
        {"title": f"State a fact about {found.name}", "action": "State fact", "ai_model": found},
    )


def submit_model(request: DeskRequest, form: Any, run: Any, context: dict[str, Any]) -> HttpResponse:
    """One form about a model; back to the model when done."""
    page = {**context, "place": "models"}
    return submit(
        request,
        form=form,
        run=run,
        done=url_of,
        template="lifecycle/model_form.html",
        context=page,
        once=True,
    )
