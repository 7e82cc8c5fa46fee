"""`request.actor`: the person behind the session as an actor, or None; and what stands at every desk page's door."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from accounts import kept_forms, second_factor, sessions
from accounts.actors import actor_of_user
from accounts.queries import organisation
from core import clock
from core.reading import one_reading


class ActorOfRequest:
    """Middleware, after authentication: somebody without an active person record is nobody here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = None
        shows = request.method in ("GET", "HEAD")
        with one_reading(), clock.one_instant() if shows else nullcontext():
            if request.user.is_authenticated:
                actor = actor_of_user(request.user.pk, fresh_until=second_factor.fresh_until(request))
            request.actor = actor  # type: ignore[attr-defined]
            response = self.get_response(request)
        if actor is not None:
            kept_forms.remember_person(request, response, actor.id)
            sessions.note_seen(request)
        return response


class DeskDoor:
    """Middleware, last: what holds for every page of the desk, so that none can forget it.

    Who is signed out and sends a form finds it again after sign-in; who needs a second factor and has none is
    led to set one up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path.startswith("/desk/"):
            return _closed_house(request)
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request") and request.method == "GET":
                # A live part must neither show the sign-in page nor take away what is being typed beside it.
                return HttpResponse(status=401)
            return kept_forms.at_the_door(request)
        actor = request.actor  # type: ignore[attr-defined]
        if actor is None:
            return None
        if second_factor.must_enrol(actor):
            if request.method == "POST":
                kept_forms.keep(request, kept_forms.Why.FACTOR)
            return second_factor.to_enrolment(request)
        if getattr(view, "needs_fresh_factor", False) and (asked := second_factor.ask_unless_fresh(request)):
            return asked
        request.session.pop(second_factor.AFTER_ENROLMENT, None)
        return kept_forms.offer(request)


# What answers even where there is no public site: the door itself, and whether the server lives.
DOORS = ("/accounts/", "/healthz", "/readyz")


def _closed_house(request: HttpRequest) -> HttpResponse | None:
    """Where the organisation has no public site, every public page asks for sign-in; None where it may be read."""
    if request.path.startswith(DOORS) or request.actor is not None:  # type: ignore[attr-defined]
        return None
    if organisation().public_site:
        return None
    return redirect_to_login(request.get_full_path())
