"""What happens at the door becomes events: allauth's signals, and its adapter (nobody signs up by themselves)."""

import base64
import hashlib
import logging
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import commands, second_factor
from accounts.actors import PersonActor, actor_of_user
from accounts.models import User
from core.policies import Process

logger = logging.getLogger(__name__)

DOOR = Process("Sign-in")


def name_of(user: User) -> str:
    """How a person is called where allauth shows one: by their name."""
    person = getattr(user, "person", None)
    return person.name if person else user.email


class ClosedDoor(DefaultAccountAdapter):
    """allauth's adapter: people are admitted by others; deactivated ones stay out."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, like every other mail; allauth sends none but this one here."""
        user = context.get("user")
        if template_prefix != "account/email/password_reset_key" or _actor(user) is None:
            logger.warning("allauth wanted to send %s, which is no mail of ours", template_prefix)
            return
        # The host of the request is not trusted: the mail's link is made from PUBLIC_URL.
        path = urlsplit(context["password_reset_url"]).path
        commands.ask_password_reset(actor=DOOR, person_id=user.person.pk, url=path)  # type: ignore[union-attr]

    def get_login_stages(self) -> list[str]:
        """Without the question for a code where second factors are only offered."""
        stages = super().get_login_stages()
        return [stage for stage in stages if second_factor.required() or "allauth.mfa" not in stage]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it, not with the password, where second factors are required."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger if stronger and second_factor.required() else methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a few minutes ago, with all they have, is not asked again."""
        needed = super().is_reauthentication_required(app=app, **kwargs)
        return bool(needed) and not self._just_signed_in()

    def _just_signed_in(self) -> bool:
        user = self.request.user
        factor = second_factor.required() and DefaultMFAAdapter().is_mfa_enabled(user)
        return any(
            time.time() - record["at"] < REAUTHENTICATION_TIMEOUT
            for record in get_authentication_records(self.request, user)
            if record.get("method") == "mfa" or not factor
        )


class Factors(DefaultMFAAdapter):
    """allauth's adapter for second factors: secrets are encrypted where they rest, and nobody locks themselves out."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not fit. Type the one shown now; each works once.",
        "cannot_delete_authenticator": "Your role needs a second factor. Add another before you remove this one.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        actor = _actor(authenticator.user)
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        others = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        needed = actor is not None and not actor.roles.isdisjoint(second_factor.REQUIRED_OF)
        return not (second_factor.required() and needed) or others.exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}


def _cipher() -> MultiFernet:
    """Keys follow from SECRET_KEY; with the old one among SECRET_KEY_FALLBACKS, what it encrypted is still read."""
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factors:{key}".encode()).digest()))
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    )


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
