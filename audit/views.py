"""The auditor's browser: who changed what, when and why?"""

from django.apps import apps
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import integrity, policies, queries
from audit.forms import FilterForm
from audit.models import Event
from audit.registry import describe
from audit.wording import model_in_words, verb_in_words
from core.door import DeskRequest, desk_page
from core.errors import NotFound
from core.policies import require
from core.web import page_by_key

PAGE = 50


@desk_page
@require_safe
def timeline(request: DeskRequest) -> HttpResponse:
    """All events, newest first, filtered by the query string and paged by key."""
    require(policies.may_browse_timeline(request.actor))
    form = FilterForm(request.GET)
    page = page_by_key(queries.timeline(form.filters()), cursor=request.GET.get("cursor", ""), size=PAGE)
    rows = [(event, verb_in_words(event.verb)) for event in page.rows]
    context = {"form": form, "page": page, "rows": rows, "chosen": form.chosen(), "place": "records"}
    return render(request, "audit/event_timeline.html", context)


@desk_page
@require_safe
def event(request: DeskRequest, number: int) -> HttpResponse:
    """One event: who, what, why, and every field it changed."""
    require(policies.may_browse_timeline(request.actor))
    found = Event.objects.select_related("caused_by").filter(number=number).first()
    if found is None:
        raise Http404
    context = {
        "event": found,
        "title": verb_in_words(found.verb),
        "target_kind": model_in_words(found.target_type),
        "target_url": _url_of_target(request, found),
        "versions": [
            (model_in_words(version.model._meta.label), version)
            for version in queries.versions_written_by(found)
        ],
        "consequences": [
            (child, verb_in_words(child.verb)) for child in found.consequences.order_by("number")
        ],
        "sealed": integrity.place_of(found),
        "place": "records",
    }
    return render(request, "audit/event_record.html", context)


@desk_page
@require_safe
def proof(request: DeskRequest, number: int) -> HttpResponse:
    """The proof of entry, as a file: the leaf, its place, the hashes up to a signed checkpoint."""
    require(policies.may_browse_timeline(request.actor))
    found = Event.objects.filter(number=number).first()
    proved = integrity.proof_of(found) if found is not None else None
    if found is None or proved is None:
        raise NotFound("This entry is not sealed yet. Its proof is ready some seconds after it was written.")
    response = JsonResponse(proved.as_json(), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="proof-of-entry-{number}.json"'
    return response


def _url_of_target(request: DeskRequest, found: Event) -> str:
    """Where the record an event is about can be seen by this viewer, or ""."""
    if found.target_type not in describe:
        return ""
    description = describe.get(found.target_type)
    row = apps.get_model(found.target_type)._default_manager.filter(pk=found.target_id).first()
    return description.url(row) if row is not None and description.visible(request.actor, row) else ""
