"""What happens at the door becomes events: the signals of Django and allauth, one command each."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset
from allauth.account.signals import user_logged_in as allauth_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import commands, sessions
from accounts.actors import PersonActor, actor_of_user
from accounts.models import User
from core.policies import Process

DOOR = Process("Sign-in")


def _actor(user: Any) -> PersonActor | None:
    return actor_of_user(user.pk) if isinstance(user, User) else None


@receiver(user_logged_in)
def _signed_in(sender: Any, user: Any, request: HttpRequest, **kwargs: Any) -> None:
    if (actor := _actor(user)) is not None:
        proofs = get_authentication_records(request, user)
        means = [str(proof.get("type") or proof["method"]) for proof in proofs]
        commands.note_sign_in(actor=actor, person_id=actor.id, means=means)


@receiver(allauth_logged_in)
def _session_begun(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request)


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    user = User.objects.filter(email=address).select_related("person").first()
    person = getattr(user, "person", None) if user else None
    commands.note_failed_sign_in(actor=DOOR, person_id=person.pk if person else None)


@receiver(user_logged_out)
def _signed_out(sender: Any, user: Any, **kwargs: Any) -> None:
    if (actor := _actor(user)) is not None:
        commands.note_sign_out(actor=actor, person_id=actor.id)


@receiver(password_changed)
@receiver(password_reset)
def _password_changed(sender: Any, user: Any, **kwargs: Any) -> None:
    if (actor := _actor(user)) is not None:
        commands.note_password_change(actor=actor, person_id=actor.id)


@receiver(authenticator_added)
@receiver(authenticator_reset)
def _factor_added(
    sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    if (actor := _actor(user)) is None:
        return
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        commands.note_recovery_codes(actor=actor, person_id=actor.id)
    else:
        # Who has just typed its first code, or touched it, is not asked to prove it again.
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)
        commands.note_factor_added(actor=actor, person_id=actor.id, kind=authenticator.type)


@receiver(authenticator_removed)
def _factor_removed(sender: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    if (actor := _actor(user)) is not None:
        commands.note_factor_removed(actor=actor, person_id=actor.id, kind=authenticator.type)


@receiver(authenticator_used)
def _factor_used(sender: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    if (actor := _actor(user)) is None:
        return
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        commands.note_recovery_code_used(actor=actor, person_id=actor.id)
    elif kwargs.get("reauthenticated"):
        commands.note_factor_confirmed(actor=actor, person_id=actor.id, kind=authenticator.type)


@receiver(authentication_failed)
def _factor_failed(sender: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    person = getattr(user, "person", None)
    if person is not None:
        commands.note_failed_factor(actor=DOOR, person_id=person.pk, kind=authenticator.type)
