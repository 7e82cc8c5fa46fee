"""Today: what needs me, and by when? And the search over everything."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import Found, due_for, search, search_kind, waiting_for
from accounts.registry import MOST, searchable
from accounts.visits import look, mark_read
from core import clock
from core.door import DeskRequest, desk_page
from core.search import sought


@desk_page
@require_safe
def today(request: DeskRequest) -> HttpResponse:
    found = waiting_for(request.actor)
    items = found[:MOST]
    waits = {item.url for item in items}
    context = {
        "waiting": items,
        "further": len(found) > MOST,
        "due": [item for item in due_for(request.actor) if item.url not in waits],
        "news": look(request.actor),
        "today": clock.today(),
        "place": "today",
    }
    return render(request, "accounts/today.html", context)


@desk_page
@require_POST
def read(request: DeskRequest) -> HttpResponse:
    """Mark what changed as read, up to the event the page was shown with."""
    upto = request.POST.get("upto", "")
    if request.actor.id is not None and upto.isdecimal() and len(upto) < 19:
        mark_read(request.actor.id, int(upto))
    return HttpResponseRedirect(reverse("accounts:today"), status=303)


@desk_page
@require_safe
def find(request: DeskRequest) -> HttpResponse:
    """What matches `?q=`; `?kind=` shows all of one kind."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    kind = request.GET.get("kind", "")
    kind = kind if kind in searchable else ""
    asked, found = sought(words), list[Found]()
    if asked is not None:
        found = search_kind(request.actor, asked, kind, request.GET) if kind else search(request.actor, asked)
    context = {
        "words": words,
        "readable": asked is not None,
        "kind": searchable.get(kind).label if kind else "",
        "found": found,
        "total": sum(each.total for each in found),
    }
    return render(request, "accounts/search.html", context)
