"""Open to everybody: the register of AI models, and one model."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import Actor
from lifecycle.forms import AsOfForm, RegisterFilterForm
from lifecycle.policies import may_state_fact
from lifecycle.queries.asof import as_of
from lifecycle.queries.life import ai_model_to_show, life_of
from lifecycle.queries.ours import SOONEST, ending_first, our_models, our_rows, promises_lately
from lifecycle.queries.suspensions import saying_whether_suspended
from lifecycle.queries.vendors import catalogue, vendor_models
from lifecycle.registry import columns, front_panels, panels
from lifecycle.stages import Stage
from lifecycle.views import shown
from lifecycle.visibility import is_shown, seen_as

# Models of ours on a page of the register, which has much else on it.
SIZE = 20


def viewer_of(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    every = catalogue(viewer)
    form = RegisterFilterForm(request.GET, providers=every.providers)
    valid = form.is_valid()
    asked: dict[str, Any] = form.cleaned_data
    when = as_of(asked.get("as_of"), asked.get("known_at"))
    ours = saying_whether_suspended(our_models(when, viewer), when)
    page = page_by_key(ours, request.GET, by=SOONEST, size=SIZE, name="ours")
    vendors = vendor_models(
        every,
        when,
        request.GET,
        text=asked.get("q", ""),
        provider=asked.get("provider", ""),
        stage=asked.get("stage", ""),
    )
    context = {
        "form": form,
        "when": when,
        "page": page,
        "ours": our_rows(page.rows, when, viewer),
        "held": page.rows[0].held if page.rows else 0,  # type: ignore[attr-defined]
        "ending": ending_first(when, viewer),
        "columns": [title for title, _ in columns.items()],
        "promises": promises_lately(viewer),
        "front_panels": shown(request, (make(viewer) for make in front_panels.values())),
        "vendors": vendors,
        "filtered": any(asked.get(name) for name in ("q", "provider", "stage", "as_of", "known_at")),
        "stages": list(Stage),
        "sources": every.sources,
        "place": "register",
    }
    return render(request, "lifecycle/register.html", context, status=200 if valid else 422)


@require_safe
def ai_model(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = ai_model_to_show(slug, viewer)
    if found is None:
        raise NotFound("There is no model at this address. The register lists all there are.")
    form = AsOfForm(request.GET)
    valid = form.is_valid()
    when = as_of(form.cleaned_data.get("as_of"), form.cleaned_data.get("known_at"))
    life = life_of(found, when, viewer)
    context = {
        "ai_model": found,
        "life": life,
        "when": when,
        "form": form,
        "successor": {"slug": found.successor_slug, "name": found.successor_name}
        if found.successor_slug
        else None,
        "panels": shown(request, (make(viewer, found) for make in panels.values())),
        "may_edit": bool(may_state_fact(viewer)),
        "hidden": not is_shown(found, clock.now()),
        "seen": seen_as(found, clock.now()),
        "place": "register",
    }
    return render(request, "lifecycle/model.html", context, status=200 if valid else 422)
