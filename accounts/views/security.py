"""The page of one's own sign-in: password, second factors, recovery codes, passkeys, where one is signed in."""

from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import commands, second_factor, sessions
from accounts.actors import PersonActor
from accounts.models import User
from core.door import DeskRequest, desk_page
from core.errors import NotFound


@desk_page
@require_safe
def security(request: DeskRequest) -> HttpResponse:
    user, actor = cast(User, request.user), cast(PersonActor, request.actor)
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    context = {
        "user": user,
        "must_enrol": second_factor.must_enrol(actor),
        "enrolled": actor.enrolled,
        "leads_back_to": request.session.get(second_factor.AFTER_ENROLMENT, ""),
        "app": next((row for row in factors if row.type == Authenticator.Type.TOTP), None),
        "passkeys": [row for row in factors if row.type == Authenticator.Type.WEBAUTHN],
        "codes": next((row.wrap() for row in factors if row.type == Authenticator.Type.RECOVERY_CODES), None),
        "sessions": sessions.of_user(user, request),
    }
    return render(request, "accounts/security.html", context)


@desk_page
@require_POST
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End one sign-in ("session" is its number) or all others ("session" is "others")."""
    actor = cast(PersonActor, request.actor)
    mine = sessions.of_user(cast(User, request.user), request)
    which = request.POST.get("session", "")
    chosen = [row.id for row in mine if not row.current and (which == "others" or str(row.id) == which)]
    if not chosen and which != "others":
        raise NotFound("This sign-in has ended already.")
    commands.end_sessions(actor=actor, person_id=actor.id, session_ids=chosen)
    messages.success(request, "Ended. Whoever was signed in there is signed out now.")
    return HttpResponseRedirect(reverse("security"), status=303)
