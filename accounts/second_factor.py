"""The second factor: who must have one, how long a proof stays fresh, and how a page asks for a fresh one.

Policies say who may do something; this says that the person at the keyboard has just proved to be who they are.
`SECOND_FACTOR = "required"` asks for it, "offered" (local mode) lets people enrol and asks nobody.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts import kept_forms
from accounts.actors import PersonActor
from accounts.states import Role
from core import clock
from core.door import DeskRequest

P = ParamSpec("P")
DeskView = Callable[Concatenate[DeskRequest, P], HttpResponse]

# Who signs in with a second factor, says DOMAIN: they decide, keep the decisions' records, or check them.
REQUIRED_OF = frozenset({Role.BOARD_MEMBER, Role.SECRETARY, Role.AUDITOR})
FRESH_FOR = timedelta(minutes=15)
# Where the person wanted to go when they were led to enrolment.
AFTER_ENROLMENT = "after_enrolment"


def required() -> bool:
    """Whether this installation asks for second factors at all."""
    return bool(settings.SECOND_FACTOR == "required")


def must_enrol(actor: PersonActor) -> bool:
    """Whether the desk stays closed to this person until they have a second factor."""
    return required() and not actor.enrolled and not actor.roles.isdisjoint(REQUIRED_OF)


def fresh_until(request: HttpRequest) -> datetime | None:
    """When the last proof by a second factor or a passkey in this session stops being fresh; None without one."""
    proofs = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa"
    ]
    return datetime.fromtimestamp(max(proofs), UTC) + FRESH_FOR if proofs else None


def is_fresh(actor: PersonActor) -> bool:
    """Whether the actor may go on without being asked again."""
    return not required() or (actor.fresh_until is not None and actor.fresh_until > clock.now())


def fresh_factor(view: DeskView[P]) -> DeskView[P]:
    """Let a desk page's POST through only with a fresh second factor; below `@desk_page`.

    Who has none that is fresh confirms it and comes back to what they sent, which is kept meanwhile.
    """

    @wraps(view)
    def checked(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return ask_unless_fresh(request) or view(request, *args, **kwargs)

    checked.needs_fresh_factor = True  # type: ignore[attr-defined]  # read by the tests
    return checked


def ask_unless_fresh(request: HttpRequest) -> HttpResponse | None:
    """Where somebody is led who sends a form without a fresh second factor; None: they may go on."""
    actor = cast(PersonActor, request.actor)  # type: ignore[attr-defined]  # set by ActorOfRequest
    if request.method != "POST" or is_fresh(actor):
        return None
    kept_forms.keep(request, kept_forms.Why.FACTOR)
    return to_enrolment(request) if not actor.enrolled else _to_proof(request)


def to_enrolment(request: HttpRequest) -> HttpResponse:
    """Lead to the page where second factors are set up, remembering where the person wanted to go."""
    request.session[AFTER_ENROLMENT] = request.get_full_path()
    return leave_page(request, reverse("mfa_index"))


def _to_proof(request: HttpRequest) -> HttpResponse:
    methods: list[dict[str, Any]] = get_adapter().get_reauthentication_methods(request.user)
    return leave_page(request, f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}")


def leave_page(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page; a live part of a page must not be replaced by it, so there the whole page goes."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
