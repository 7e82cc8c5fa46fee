"""What somebody typed and could not send is kept, and offered again at the same address.

When the session ended meanwhile, the page was too old, or a fresh second factor is asked: the fields that were
posted wait in the session on the server, for the same person, without passwords and files. No view knows of it.
"""

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import csrf

KEY = "kept_form"
DISCARD = "kept_form_discard"
# Characters in all fields together; the longest form of the product, a long essay, has a third of it.
LIMIT = 200_000
# Somebody signed out may send us much; not without end.
RATE = {"keep": "30/m/ip"}
SALT = "accounts.kept_forms"
REMEMBERED_FOR = 30 * 24 * 3600


class Why(StrEnum):
    """What kept the form from being done."""

    SIGNED_OUT = "signed_out"
    OLD_PAGE = "old_page"
    FACTOR = "factor"


def keep(request: HttpRequest, why: Why) -> None:
    """Put what was posted into the session, in place of what was kept before."""
    fields = [
        [name, request.POST.getlist(name)]
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", DISCARD) and "password" not in name.lower()
    ]
    too_long = sum(len(value) for _, values in fields for value in values) > LIMIT
    actor = getattr(request, "actor", None)
    request.session[KEY] = {
        "path": request.get_full_path(),
        "why": str(why),
        "owner": str(actor.id) if actor else _last_person(request),
        "fields": [] if too_long else fields,
        "too_long": too_long,
        "files": sorted(request.FILES),
    }


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent this, as the browser tells.

    Another site must not put words into somebody's mouth: what it posts is never kept. Browsers say where a
    POST comes from in `Origin`, older ones in `Referer` (OWASP, Cross-Site Request Forgery Prevention).
    """
    sent_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(sent_from)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def at_the_door(request: HttpRequest) -> HttpResponse | None:
    """A POST of somebody signed out: kept, then sign-in, then back to it. None for anything else."""
    if request.method != "POST":
        return None
    if is_from_here(request) and ratelimit.consume(request, app="accounts", action="keep", config=RATE):
        keep(request, Why.SIGNED_OUT)
    return redirect_to_login(request.get_full_path())


def offer(request: HttpRequest) -> HttpResponse | None:
    """The page that offers what was kept, at the address it was sent to. None when nothing waits there."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None:
        return None
    actor = request.actor  # type: ignore[attr-defined]
    if kept["owner"] and kept["owner"] != str(actor.id):
        del request.session[KEY]
        return None
    if kept["path"] != request.get_full_path():
        return None
    if request.method == "POST":
        del request.session[KEY]
        return HttpResponseRedirect(kept["path"], status=303) if DISCARD in request.POST else None
    if request.method != "GET" or request.headers.get("HX-Request"):
        return None
    said = [
        (_words(name), "yes" if values == ["on"] else "\n".join(values))
        for name, values in kept["fields"]
        if any(values)
    ]
    return render(request, "accounts/kept_form.html", {"kept": kept, "said": said, "discard": DISCARD})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of a bare refusal: a page of ours that was too old is offered again, under a fresh token."""
    if request.path.startswith("/desk/") and is_from_here(request):
        if request.actor is None:  # type: ignore[attr-defined]
            return at_the_door(request) or csrf.csrf_failure(request, reason)
        keep(request, Why.OLD_PAGE)
        return HttpResponseRedirect(request.get_full_path(), status=303)
    return csrf.csrf_failure(request, reason)


def remember_person(request: HttpRequest, response: HttpResponse, person_id: UUID) -> None:
    """Note in a signed cookie who is here, so that a form sent after the session's end goes to nobody else."""
    if _last_person(request) != str(person_id):
        response.set_cookie(
            _cookie(),
            signing.dumps(str(person_id), salt=SALT),
            max_age=REMEMBERED_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _last_person(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(_cookie(), ""), salt=SALT, max_age=REMEMBERED_FOR))
    except signing.BadSignature:
        return ""


def _cookie() -> str:
    return "__Host-person" if settings.SESSION_COOKIE_SECURE else "person"


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize()
