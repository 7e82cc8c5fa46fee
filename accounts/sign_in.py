"""What happens at the door becomes events: allauth's signals, and its adapter (nobody signs up by themselves)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import commands
from accounts.actors import PersonActor, actor_of_user
from accounts.models import User
from core.policies import Process

DOOR = Process("Sign-in")


class ClosedDoor(DefaultAccountAdapter):
    """allauth's adapter: people are admitted by others; deactivated ones stay out."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _actor(user: Any) -> PersonActor | None:
    return actor_of_user(user.pk) if isinstance(user, User) else None


@receiver(user_logged_in)
def _signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    if (actor := _actor(user)) is not None:
        commands.note_sign_in(actor=actor, person_id=actor.id)


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
