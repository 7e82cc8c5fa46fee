"""Signatures of webhooks, as https://www.standardwebhooks.com says (symmetric, version 1). Pure but for the key."""

import base64
import binascii
import hashlib
import hmac
import os

PREFIX = "whsec_"


class NoSecret(Exception):
    """The environment does not hold a usable secret; the message says what to do."""


def secret_named(variable: str) -> bytes:
    """The secret in this environment variable: "whsec_" and 24 to 64 bytes in base64. NoSecret otherwise."""
    value = os.environ.get(variable, "")
    try:
        secret = base64.b64decode(value.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not value.startswith(PREFIX) or not 24 <= len(secret) <= 64:
        raise NoSecret(
            f"Set {variable} in the environment of the workers: whsec_ and 24 to 64 random bytes in base64."
        )
    return secret


def signature(secret: bytes, *, delivery_id: str, timestamp: int, body: str) -> str:
    """The value of the header `webhook-signature`."""
    signed = f"{delivery_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
