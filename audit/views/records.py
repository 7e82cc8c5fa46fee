"""One record in the auditor's browser: its versions, how it stood at an instant, the evidence about it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import integrity, packing, policies, taking
from audit.belonging import belonging_to
from audit.forms import InstantForm
from audit.models import Event, TrackedModel
from audit.naming import Named, name_of, names_of, pointed_to, with_names
from audit.queries import tracked_model
from audit.registry import describe
from audit.versions import WrittenVersion, version_at, versions_at, versions_of
from audit.withholding import Withheld, may_see, withheld_from
from audit.wording import model_in_words, verb_in_words
from core import clock
from core.door import DeskRequest, desk_page, fresh_factor, show_and_do
from core.policies import require

PAGE = 25
MOST_PARTS = 60
"""Records of one kind shown on a page as of an instant; the pack has them all."""


@desk_page
@require_safe
def history(request: DeskRequest, kind: str, key: UUID) -> HttpResponse:
    """Every version of one record, newest first, each against the one before it."""
    row, kept = _loaded(request, kind, key)
    _note(request, row, "history", first=not request.GET.get("cursor"))
    page = versions_of(type(row), str(key), request.GET, size=PAGE, without=kept.events)
    numbers = {version.event_id for version in page.rows if version.event_id}
    standing = integrity.standing_of(numbers)
    events = Event.objects.in_bulk(numbers)
    own = (row._meta.label, str(row.pk))
    names = names_of({*pointed_to(page.rows), own}, request.actor, kept)
    context = {
        **_about(row, names.get(own)),
        "page": page,
        "versions": [_told(version, events, standing) for version in with_names(page.rows, names)],
    }
    return render(request, "audit/record_history.html", context)


@desk_page
@require_safe
def as_of(request: DeskRequest, kind: str, key: UUID) -> HttpResponse:
    """A record and what belongs to it as they stood at an instant, from their versions."""
    row, kept = _loaded(request, kind, key)
    _note(request, row, "as of")
    form = InstantForm(request.GET)
    instant = (form.cleaned_data["at"] if form.is_valid() else None) or clock.now()
    own = version_at(type(row), str(key), instant)
    parts = list(_parts(row, kept, request, instant)) if own else []
    stood = [*([own] if own else []), *(each for part in parts for each in part.versions)]
    named = iter(with_names(stood, names_of(pointed_to(stood), request.actor, kept)))
    context = {
        **_about(row),
        "form": form,
        "instant": instant,
        "own": next(named) if own else None,
        "parts": [replace(part, versions=tuple(islice(named, len(part.versions)))) for part in parts],
    }
    return render(request, "audit/record_as_of.html", context)


@desk_page
@fresh_factor
@show_and_do
def pack(request: DeskRequest, kind: str, key: UUID) -> HttpResponseBase:
    """Make an evidence pack of a record; that is itself an entry."""
    row, kept = _loaded(request, kind, key)
    if request.method == "POST":
        made = packing.make_pack(actor=request.actor, row=row)
        return FileResponse(made.file, as_attachment=True, filename=made.name, content_type="application/zip")
    members = belonging_to(row, request.actor, kept)
    inside = [(model_in_words(model._meta.label), len(rows)) for model, rows in members.items()]
    return render(request, "audit/record_pack.html", {**_about(row), "inside": inside})


@dataclass(frozen=True)
class Told:
    """A version with the event that wrote it: its words, its reason, the moment after it, where it stands."""

    version: WrittenVersion
    words: str
    reason: str
    after: str
    standing: integrity.Standing | None


def _told(version: WrittenVersion, events: dict[int, Event], standing: dict[int, integrity.Standing]) -> Told:
    event = events.get(version.event_id or 0)
    ended = (event.at if event is not None else None) or version.at
    # The first millisecond at which it stood, as an address can say it.
    after = (ended + timedelta(milliseconds=1)).astimezone(UTC).isoformat(timespec="milliseconds")[:23]
    words = verb_in_words(event.verb) if event is not None else ""
    reason = version.reason or (event.reason if event is not None else "")
    return Told(version, words, reason, after, standing.get(version.event_id or 0))


@dataclass(frozen=True)
class Part:
    """The records of one kind that belonged to another at an instant; `more`: there were others."""

    kind: str
    versions: tuple[WrittenVersion, ...]
    more: bool


def _parts(row: TrackedModel, kept: Withheld, request: DeskRequest, instant: datetime) -> Iterator[Part]:
    for model, rows in belonging_to(row, request.actor, kept).items():
        keys = [str(other.pk) for other in rows if (model, other.pk) != (type(row), row.pk)]
        stood = versions_at(model, keys, instant, limit=MOST_PARTS + 1)
        if stood:
            yield Part(model_in_words(model._meta.label), tuple(stood[:MOST_PARTS]), len(stood) > MOST_PARTS)


def _loaded(request: DeskRequest, kind: str, key: UUID) -> tuple[TrackedModel, Withheld]:
    """The record, and what is kept from this viewer. Http404: there is none, or they may not know of it."""
    require(policies.may_browse_timeline(request.actor))
    model = tracked_model(kind)
    row = model._default_manager.filter(pk=key).first() if model is not None else None
    kept = withheld_from(request.actor)
    if row is None or not may_see(request.actor, row, kept):
        raise Http404
    return row, kept


def _note(request: DeskRequest, row: TrackedModel, page: str, *, first: bool = True) -> None:
    """Reading a restricted record is an entry; turning its pages is not another."""
    if first and describe.get(row._meta.label).restricted(row):
        taking.note_reading(actor=request.actor, row=row, page=page)


def _about(row: TrackedModel, named: Named | None = None) -> dict[str, Any]:
    """`named`: where it was asked for already, with the names of others."""
    label = row._meta.label
    name, url = named or name_of(row)
    return {
        "row": row,
        "label": label,
        "kind": model_in_words(label),
        "name": name,
        "url": url,
        "place": "records",
    }
