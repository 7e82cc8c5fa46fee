"""The auditor's browser: who changed what, when and why?"""

from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import days, integrity, policies, taking, timeline
from audit.forms import ExportForm, FilterForm
from audit.models import Event
from audit.naming import names_of, pointed_to, with_names
from audit.publishing import held_back_since, last_published
from audit.versions import redactions_in, versions_written_by
from audit.withholding import withheld_from
from audit.wording import app_in_words, model_in_words, verb_in_words
from core.door import DeskRequest, desk_page, fresh_factor, show_and_do
from core.errors import NotFound
from core.policies import require

PAGE = 50
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@desk_page
@require_safe
def index(request: DeskRequest) -> HttpResponse:
    """All events, newest first, filtered by the query string and paged by key."""
    require(policies.may_browse_timeline(request.actor))
    form = FilterForm(request.GET)
    filters = form.filters()
    page = timeline.page_of(request.actor, filters, request.GET, size=PAGE)
    context = {
        "form": form,
        "page": page,
        "rows": [(event, verb_in_words(event.verb)) for event in page.rows],
        "chosen": form.chosen(withheld_from(request.actor)),
        "query": form.query(),
        "record": timeline.named(filters.object),
        "names": timeline.names_of_actors(),
        "sealed": last_published(),
        "place": "records",
    }
    return render(request, "audit/event_timeline.html", context)


@desk_page
@require_safe
def per_day(request: DeskRequest) -> HttpResponse:
    """How many entries there were per day, by app: a page of its own, and a live part of the timeline."""
    require(policies.may_browse_timeline(request.actor))
    form = FilterForm(request.GET)
    drawn = days.days_of(request.actor, form.filters())
    context = {
        "form": form,
        "days": drawn,
        "strips": [(app_in_words(strip.app), strip) for strip in drawn.strips] if drawn else [],
        "chosen": form.chosen(withheld_from(request.actor)),
        "query": form.query(),
        "place": "records",
    }
    live = bool(request.headers.get("HX-Request"))
    return render(request, "audit/_days.html" if live else "audit/event_days.html", context)


@desk_page
@fresh_factor
@show_and_do
def export(request: DeskRequest) -> HttpResponseBase:
    """Take away the entries that match, as a file; that is itself an entry."""
    require(policies.may_browse_timeline(request.actor))
    filters = FilterForm(request.GET)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["form"]
        asked = filters.filters()
        noted = taking.export_timeline(actor=request.actor, filters=asked, form=kind)
        response = StreamingHttpResponse(
            taking.lines(request.actor, asked, noted, kind), content_type=TYPES[kind]
        )
        response["Content-Disposition"] = f'attachment; filename="timeline-{noted.number}.{kind}"'
        return response
    context = {
        "form": form,
        "chosen": filters.chosen(withheld_from(request.actor)),
        "query": filters.query(),
        "place": "records",
    }
    return render(request, "audit/event_export.html", context, status=422 if form.errors else 200)


@desk_page
@require_safe
def event(request: DeskRequest, number: int) -> HttpResponse:
    """One event: who, what, why, every field it changed, and whether that is what was sealed."""
    require(policies.may_browse_timeline(request.actor))
    kept = withheld_from(request.actor)
    rows = Event.objects.filter(Q(number=number) | Q(caused_by=number)).exclude(number__in=kept.events)
    # It and what followed from it, in one query.
    told = {row.number: row for row in rows.select_related("caused_by").order_by("number")}
    found = told.pop(number, None)
    if found is None:
        raise Http404
    standing = integrity.standing_of([found.number])[found.number]
    target, wrote = (found.target_type, found.target_id), versions_written_by(found)
    names = names_of({*pointed_to(wrote), target}, request.actor, kept)
    versions = with_names(wrote, names)
    blanked = redactions_in(versions) if standing.altered else [[] for _version in versions]
    context = {
        "event": found,
        "title": verb_in_words(found.verb),
        "target_kind": model_in_words(found.target_type),
        "target_url": names[target].url if target in names else "",
        "versions": [
            (model_in_words(row.label), row, redactions)
            for row, redactions in zip(versions, blanked, strict=True)
        ],
        "consequences": [(child, verb_in_words(child.verb)) for child in told.values()],
        "standing": standing,
        "proved": standing.sealed and integrity.is_proved_where_sealed(standing),
        "noted": [(name, value) for name, value in found.data.items() if value not in (None, "", [], {})],
        "roles": [role for role in found.actor_roles.split(",") if role],
        "place": "records",
    }
    return render(request, "audit/event_record.html", context)


@desk_page
@require_safe
def proof(request: DeskRequest, number: int) -> HttpResponse:
    """The proof of entry, as a file: the leaf, its place, the hashes up to a signed checkpoint."""
    require(policies.may_browse_timeline(request.actor))
    hidden = withheld_from(request.actor).events
    found = Event.objects.filter(number=number).exclude(number__in=hidden).first()
    proved = integrity.proof_of(found) if found is not None else None
    if found is None or proved is None:
        if found is not None and held_back_since():
            raise NotFound("Its proof is published when the secret vote that is open closes.")
        raise NotFound("This entry is not sealed yet. Its proof is ready some seconds after it was written.")
    response = JsonResponse(proved.as_json(), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="proof-of-entry-{number}.json"'
    return response
