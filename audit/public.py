"""Open to everybody: how far the log is sealed, under which keys, and how to verify it without trusting us."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.exporting import verifier as verifier_text
from audit.integrity import state_told
from audit.models import Checkpoint
from audit.publishing import published
from core.paging import page_by_key

PAGE = 20


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The last checkpoint, the earlier ones, the keys."""
    page = page_by_key(
        published().only("size", "root", "at"),
        request.GET,
        by="-size",
        size=PAGE,
    )
    return render(request, "audit/transparency.html", {"state": state_told(), "page": page})


@require_safe
def latest_checkpoint(request: HttpRequest) -> HttpResponse:
    """The last signed note, as it is."""
    return _note(published().first())


@require_safe
def checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """The signed note of one size."""
    return _note(published().filter(size=size).first())


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The offline verifier, one file."""
    return HttpResponse(verifier_text(), content_type="text/x-python; charset=utf-8")


def _note(found: Checkpoint | None) -> HttpResponse:
    if found is None:
        raise Http404
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8")
