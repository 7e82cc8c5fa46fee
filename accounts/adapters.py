"""What we tell allauth: nobody signs up, second factors are encrypted, and a single sign-on admits nobody new."""

import base64
import hashlib
import logging
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.main import QRCode

from accounts import commands, second_factor
from accounts.actors import actor_of_user
from accounts.models import User
from accounts.sign_in import DOOR

logger = logging.getLogger(__name__)


def name_of(user: User) -> str:
    """How a person is called where allauth shows one: by their name."""
    person = getattr(user, "person", None)
    return person.name if person else user.email


class ClosedDoor(DefaultAccountAdapter):
    """allauth's adapter: people are admitted by others; deactivated ones stay out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again, or reset your password.",
        "email_password_mismatch": "Nobody here has this address and this password. Check both, then try again.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your current password.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, like every other mail; allauth sends none but this one here."""
        user = context.get("user")
        person = getattr(user, "person", None)
        if template_prefix != "account/email/password_reset_key" or person is None or not person.active:
            logger.warning("allauth wanted to send %s, which is no mail of ours", template_prefix)
            return
        # The host of the request is not trusted: the mail's link is made from PUBLIC_URL.
        path = urlsplit(context["password_reset_url"]).path
        commands.ask_password_reset(actor=DOOR, person_id=person.pk, url=path)

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

    def build_totp_svg(self, url: str) -> SafeString:
        """The square as a drawing within the page: the security policy admits no image from a data address."""
        rows = QRCode(border=0)
        rows.add_data(url)
        matrix = rows.get_matrix()
        cells = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg viewBox="-2 -2 {0} {0}" role="img" aria-label="Square to scan with the app"><path d="{1}"/></svg>',
            len(matrix) + 4,
            cells,
        )

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        actor = actor_of_user(authenticator.user_id)
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        others = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        needed = actor is not None and not actor.roles.isdisjoint(second_factor.REQUIRED_OF)
        return not (second_factor.required() and needed) or others.exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}


class SingleSignOn(DefaultSocialAccountAdapter):
    """allauth's adapter for OpenID Connect: it proves who somebody is; whether they belong here, others said before."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Sign-in only: nobody ties another identity to their account, which would survive a change of address."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


def _cipher() -> MultiFernet:
    """Keys follow from SECRET_KEY; with the old one among SECRET_KEY_FALLBACKS, what it encrypted is still read."""
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factors:{key}".encode()).digest()))
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    )
