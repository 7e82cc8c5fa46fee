"""allauth's own pages: closed to whoever is signed out, and to the owner of another passkey; none skips our look."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.accounts.codes import sign_in
from tests.cast import Cast
from tests.security.test_permissions import FOREIGN, patterns

# Who is not signed in may open these: they are the way in, or lead to it.
WAY_IN = {
    "account_login", "account_logout", "account_inactive", "account_signup", "account_email_verification_sent",
    "account_confirm_email", "account_confirm_login_code", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_login_webauthn",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled", "socialaccount_login_error",
}  # fmt: skip
OWN = sorted({name for name, _ in patterns() if name.startswith(FOREIGN)} - WAY_IN)
WITH_KEY = {"mfa_edit_webauthn", "mfa_remove_webauthn"}


def url_of(name: str, key: int = 1) -> str:
    return reverse(name, kwargs={"pk": key} if name in WITH_KEY else {})


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_signed_out_is_led_to_sign_in(name: str, method: str) -> None:
    response: Any = getattr(Client(), method)(url_of(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", sorted(WITH_KEY))
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_persons_passkey_is_hidden(cast: Cast, name: str, method: str) -> None:
    key = Authenticator.objects.create(
        user=cast.person("colleague").user, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key"}
    )
    client = Client()
    sign_in(client, "member@example.org")
    response: Any = getattr(client, method)(url_of(name, key.pk), {"name": "Mine"})
    assert response.status_code == 404
    assert Authenticator.objects.get().data["name"] == "Blue key"


@pytest.mark.parametrize(
    "name",
    [
        "security",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "account_change_password",
    ],
)
def test_each_page_has_one_heading_and_nothing_inline(
    signed_in: Callable[[str], Client], cast: Cast, name: str
) -> None:
    client = Client()
    sign_in(client, "member@example.org")
    response = client.get(reverse(name))
    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<h1") == 1
    assert "<script>" not in text
    assert "style=" not in text
    assert "data:image" not in text
