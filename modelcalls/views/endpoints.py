"""The pages of endpoints: where models can be called, at what cost, and whether they answer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from modelcalls import commands, policies, queries, wording
from modelcalls.forms import ChangeForm, EndpointForm, NothingForm
from modelcalls.models import Call, Endpoint


def endpoint_for(request: DeskRequest, endpoint_id: UUID) -> Endpoint:
    require(policies.may_see_endpoints(request.actor))
    found = queries.endpoints_to_list().filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound("There is no such endpoint.")
    return found


def url_of(endpoint: Endpoint) -> str:
    return reverse("modelcalls:endpoint", args=[endpoint.pk])


@desk_page
@require_safe
def endpoint_list(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_endpoints(request.actor))
    context = {
        "page": page_by_key(queries.endpoints_to_list(), request.GET, by=queries.BY_USE),
        "may_register": policies.may_register_endpoint(request.actor),
        "place": "settings",
    }
    return render(request, "modelcalls/endpoint_list.html", context)


@desk_page
@require_safe
def endpoint(request: DeskRequest, endpoint_id: UUID) -> HttpResponse:
    found = endpoint_for(request, endpoint_id)
    checks = Call.objects.filter(purpose=commands.CHECK, subject=found.pk).order_by("-number")[:5]
    context = {
        "endpoint": found,
        "checks": [(call, wording.sign_of(call.state)) for call in checks],
        "may_change": policies.may_change_endpoint(request.actor),
        "place": "settings",
    }
    return render(request, "modelcalls/endpoint.html", context)


@desk_page
@show_and_do
def register(request: DeskRequest) -> HttpResponse:
    require(policies.may_register_endpoint(request.actor))
    return submit(
        request,
        form=EndpointForm(request.POST or None),
        run=lambda said: commands.register_endpoint(actor=request.actor, **said),
        done=url_of,
        template="modelcalls/endpoint_form.html",
        context={"place": "settings"},
    )


@desk_page
@show_and_do
def change(request: DeskRequest, endpoint_id: UUID) -> HttpResponse:
    found = endpoint_for(request, endpoint_id)
    require(policies.may_change_endpoint(request.actor))
    now = {
        "max_concurrency": found.max_concurrency,
        "budget_tokens": found.budget_tokens,
        "accepted_names": "\n".join(found.accepted_names),
        "active": found.active,
    }
    return submit(
        request,
        form=ChangeForm(request.POST or None, initial=now),
        run=lambda said: commands.change_endpoint(actor=request.actor, endpoint_id=endpoint_id, **said),
        done=url_of,
        template="modelcalls/endpoint_form.html",
        context={"endpoint": found, "place": "settings"},
    )


@desk_page
@show_and_do
def check(request: DeskRequest, endpoint_id: UUID) -> HttpResponse:
    """Ask it a test question: a real call, made by a worker like every other."""
    found = endpoint_for(request, endpoint_id)
    require(policies.may_change_endpoint(request.actor))
    return submit(
        request,
        form=NothingForm(request.POST if request.method == "POST" else None),
        run=lambda said: commands.check_endpoint(actor=request.actor, endpoint_id=endpoint_id),
        done=lambda call: reverse("modelcalls:call-record", args=[call.pk]),
        template="modelcalls/endpoint_check.html",
        context={
            "endpoint": found,
            "question": commands.QUESTION,
            "troubles": wording.troubles(queries.queue_health()),
            "place": "settings",
        },
    )
