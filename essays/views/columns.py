"""Columns on the desk: the list, one with its wordings and issues, founding one, adopting a wording."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from essays import commands, queries
from essays.forms import SeriesForm, WordingForm
from essays.models import Series
from essays.policies import may_adopt_wording, may_found_series, may_read_essays, may_request_essay
from essays.states import WordingKind
from essays.views.actions import posted


def url_of(series: Series) -> str:
    return reverse("essays:series", args=[series.pk])


def _series(request: DeskRequest, series_id: UUID) -> Series:
    require(may_read_essays(request.actor))
    series = queries.columns(request.actor).filter(pk=series_id).first()
    if series is None:
        raise NotFound("There is no such column.")
    return series


@desk_page
@require_safe
def series_list(request: DeskRequest) -> HttpResponse:
    require(may_read_essays(request.actor))
    page = page_by_key(queries.columns(request.actor), request.GET, by=queries.BY_TITLE)
    context = {
        "page": page,
        "may_found": bool(may_found_series(request.actor)),
        "place": "essays",
    }
    return render(request, "essays/series_list.html", context)


@desk_page
@require_safe
def series(request: DeskRequest, series_id: UUID) -> HttpResponse:
    found = _series(request, series_id)
    essays = found.essays.select_related("publication")
    context = {
        "series": found,
        "page": page_by_key(essays, request.GET, by=("-number", "-requested_at", "-pk")),
        "wordings": queries.wordings_of(found),
        "may_request": bool(may_request_essay(request.actor)),
        "may_adopt": bool(may_adopt_wording(request.actor)),
        "place": "essays",
    }
    return render(request, "essays/series_record.html", context)


@desk_page
@show_and_do
def found_series(request: DeskRequest) -> HttpResponse:
    require(may_found_series(request.actor))
    form = SeriesForm(posted(request))

    def run(data: dict[str, Any]) -> Series:
        author, promise = data.pop("ai_model"), data.pop("commitment")
        return commands.found_series(
            actor=request.actor, ai_model_id=author.id, commitment_id=promise.id if promise else None, **data
        )

    context = {"place": "essays", "any_author": form.fields["ai_model"].queryset.exists()}  # type: ignore[attr-defined]
    return submit(
        request,
        form=form,
        run=run,
        done=url_of,
        template="essays/series_found.html",
        context=context,
        once=True,
    )


@desk_page
@show_and_do
def adopt_wording(request: DeskRequest, series_id: UUID) -> HttpResponse:
    found = _series(request, series_id)
    require(may_adopt_wording(request.actor))
    asked = request.GET.get("kind", WordingKind.PROMPT)
    kind = asked if asked in WordingKind.values else WordingKind.PROMPT
    latest = queries.wording_in_force(found, kind)
    form = WordingForm(posted(request), initial={"kind": kind, "text": latest.text if latest else ""})

    def done(_: object) -> str:
        messages.success(request, "Adopted. Essays asked for from now on take this version.")
        return url_of(found)

    return submit(
        request,
        form=form,
        run=lambda data: commands.adopt_wording(actor=request.actor, series_id=series_id, **data),
        done=done,
        template="essays/series_adopt.html",
        context={"series": found, "place": "essays"},
    )
