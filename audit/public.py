"""Open to everybody: how far the log is sealed, under which keys, and how to verify it without trusting us."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.exporting import verifier as verifier_text
from audit.integrity import seal_state
from audit.models import Checkpoint
from core.paging import page_by_key

PAGE = 20


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The last checkpoint, the earlier ones, the keys."""
    page = page_by_key(
        Checkpoint.objects.only("size", "root", "at"),
        request.GET,
        by="-size",
        size=PAGE,
    )
    return render(request, "audit/transparency.html", {"state": seal_state(), "page": page})


@require_safe
def latest_checkpoint(request: HttpRequest) -> HttpResponse:
    """The last signed note, as it is."""
    return _note(Checkpoint.objects.first())


@require_safe
def checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """The signed note of one size."""
    return _note(Checkpoint.objects.filter(size=size).first())


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The offline verifier, one file."""
    return HttpResponse(verifier_text(), content_type="text/x-python; charset=utf-8")


def _note(found: Checkpoint | None) -> HttpResponse:
    if found is None:
        raise Http404
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8")
