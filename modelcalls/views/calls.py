"""The pages of model calls: what was asked, what came back, and what still waits."""

from typing import Any, Protocol
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.policies import Actor, Verdict, require
from core.web import submit
from modelcalls import commands, policies, queries, wording
from modelcalls.forms import FilterForm, ReasonForm
from modelcalls.models import Call
from modelcalls.registry import purpose_of
from modelcalls.states import CALL, CallState

PAGE = 25


@desk_page
@require_safe
def call_list(request: DeskRequest) -> HttpResponse:
    """Calls, newest first, and how the queue is; refreshes itself while anything is under way."""
    require(policies.may_see_calls(request.actor))
    form = FilterForm(request.GET, viewer=request.actor)
    page = queries.calls_to_list.page(
        request.actor,
        policies.purposes_seen_by(request.actor),
        asked=request.GET,
        size=PAGE,
        where=form.chosen(),
    )
    health = queries.queue_health()
    context = {
        "form": form,
        "filtered": bool(form.chosen()),
        "page": page,
        "rows": [(call, purpose_of(call.purpose).label, wording.sign_of(call.state)) for call in page.rows],
        "headline": wording.queue_sentence(health),
        "troubles": wording.troubles(health),
        "live": health.pending > 0,
        "may_see_endpoints": policies.may_see_endpoints(request.actor),
        "place": "records",
    }
    return render(request, _page_or_part(request, "call_list"), context)


@desk_page
@require_safe
def call_record(request: DeskRequest, call_id: UUID) -> HttpResponse:
    """One call: the question, every attempt, what it waits for; refreshes itself while it is under way."""
    call = _seen(request.actor, call_id)
    purpose = purpose_of(call.purpose)
    waits = queries.why_waiting(call, clock.now())
    context = {
        "call": call,
        "purpose": purpose,
        "subject_url": purpose.url(call.subject),
        "sign": wording.sign_of(call.state),
        "headline": wording.call_sentence(call),
        "waits": waits,
        "troubles": wording.troubles(queries.queue_health()) if waits else [],
        "live": bool(waits),
        "parameters": wording.parameters(call),
        "attempts": [
            {
                "row": attempt,
                "sign": wording.sign_of(attempt.outcome),
                "facts": wording.attempt_facts(attempt),
                "sent": wording.pretty(attempt.request),
                "came": wording.pretty(attempt.response),
            }
            for attempt in call.attempts.order_by("number")
        ],
        "acts": _acts(request.actor, call),
        "place": "records",
    }
    return render(request, _page_or_part(request, "call_record"), context)


@desk_page
@show_and_do
def call_retry(request: DeskRequest, call_id: UUID) -> HttpResponse:
    """Ask again what was cut off or failed."""
    call = _seen(request.actor, call_id)
    return _act(request, call, policies.may_retry_call(request.actor, call), commands.retry_call, "retry")


@desk_page
@show_and_do
def call_deliver(request: DeskRequest, call_id: UUID) -> HttpResponse:
    """Hand a kept answer on once more."""
    call = _seen(request.actor, call_id)
    return _act(
        request, call, policies.may_deliver_call(request.actor, call), commands.deliver_call, "deliver"
    )


@desk_page
@show_and_do
def call_cancel(request: DeskRequest, call_id: UUID) -> HttpResponse:
    """Give a call up that has not ended."""
    call = _seen(request.actor, call_id)
    return _act(request, call, policies.may_cancel_call(request.actor, call), commands.cancel_call, "cancel")


class _Command(Protocol):
    def __call__(self, *, actor: Actor, call_id: UUID, reason: str) -> Call: ...


def _act(request: DeskRequest, call: Call, verdict: Verdict, command: _Command, name: str) -> HttpResponse:
    """The form of one act on a call: a reason, then the command."""
    require(verdict)
    return submit(
        request,
        form=ReasonForm(request.POST if request.method == "POST" else None),
        run=lambda data: command(actor=request.actor, call_id=call.pk, reason=data["reason"]),
        done=lambda changed: reverse("modelcalls:call-record", args=[changed.pk]),
        template=f"modelcalls/call_{name}.html",
        context={"call": call, "purpose": purpose_of(call.purpose), "place": "records"},
    )


def _seen(actor: Actor, call_id: UUID) -> Call:
    """The call, for a viewer who may see it; 404 for the others."""
    require(policies.may_see_calls(actor))
    call = queries.calls_seen_by(actor).filter(pk=call_id).first()
    if call is None:
        raise Http404
    return call


def _acts(actor: Actor, call: Call) -> dict[str, bool]:
    """Which acts the page offers: allowed to this person, and possible now."""
    again = CALL.allows(call.state, CallState.QUEUED) and call.state != CallState.RUNNING
    return {
        "retry": bool(policies.may_retry_call(actor, call)) and again,
        "deliver": bool(policies.may_deliver_call(actor, call) and call.undelivered),
        "cancel": bool(policies.may_cancel_call(actor, call))
        and CALL.allows(call.state, CallState.CANCELLED),
    }


def _page_or_part(request: Any, name: str) -> str:
    """The whole page, or only the part that refreshes itself."""
    return f"modelcalls/{'_' if request.htmx else ''}{name}.html"
