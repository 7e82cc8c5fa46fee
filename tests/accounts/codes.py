"""Codes as an authenticator app shows them (RFC 6238: SHA-1, 6 digits, 30 seconds), and people who have one."""

import base64
import hmac
import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD

SECRET = base64.b32encode(b"twenty bytes of test").decode()


def code_of(secret: str, at: float | None = None) -> str:
    """The code shown at an instant (seconds since 1970; now when None)."""
    step = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def enrol(user: User, secret: str = SECRET) -> list[str]:
    """Give a person an authenticator app; their recovery codes."""
    TOTP.activate(user, secret)
    return list(RecoveryCodes.activate(user).get_unused_codes())


def sign_in(client: Client, email: str, after: str = "/desk/", password: str = PASSWORD) -> Any:
    """What the sign-in page answers to address and password."""
    return client.post("/accounts/login/", {"login": email, "password": password, "next": after})


def sign_in_with_code(client: Client, email: str, after: str = "/desk/") -> Any:
    """Address, password and code."""
    first = sign_in(client, email, after)
    assert first.headers["Location"] == "/accounts/security/authenticate/", first.headers
    return client.post("/accounts/security/authenticate/", {"code": code_of(SECRET)})
