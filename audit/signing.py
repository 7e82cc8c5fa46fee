"""The key that signs checkpoints: a file that only the sealer can read (AUDIT_SIGNING_KEY_FILE).

The database holds public halves only. Not here: what is signed (sealing.py), how anybody checks it (notes.py).
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from audit.notes import Checkpoint, VerifierKey, signed, succession


class NoKey(Exception):
    """There is no key to sign with. The message says what to do."""


@dataclass(frozen=True)
class Signer:
    """A private key under the name of a log."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier_key(self) -> VerifierKey:
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        return signed(checkpoint, self.verifier_key, self.private.sign(checkpoint.text.encode()))

    def hand_over_to(self, successor: VerifierKey) -> bytes:
        """The signature that makes another key the next one of this log."""
        return self.private.sign(succession(successor))


def new_key_file(path: Path) -> None:
    """Write a new private key, readable by its owner alone. FileExistsError: a key is never overwritten."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)


def signer_from(path: Path, name: str) -> Signer:
    """The key in a file. NoKey: it cannot be read, or holds no Ed25519 key."""
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise NoKey(f"The signing key in {path} cannot be read: {error}.") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKey(f"{path} holds no Ed25519 key. Make one: manage.py audit key FILE")
    return Signer(name, private)


def name_of_log() -> str:
    """What a new log calls itself: the public host and "audit". It keeps the name its first key was adopted by."""
    return f"{urlsplit(settings.PUBLIC_URL).netloc or 'localhost'}/audit"


def configured_signer(name: str) -> Signer:
    """The key the settings name; in local mode it is made when missing. NoKey: none is set."""
    if not settings.AUDIT_SIGNING_KEY_FILE:
        raise NoKey("No signing key: make one with manage.py audit key FILE, and set AUDIT_SIGNING_KEY_FILE.")
    path = Path(settings.AUDIT_SIGNING_KEY_FILE)
    if settings.LOCAL_MODE and not path.exists():
        with suppress(FileExistsError):  # another process was first
            new_key_file(path)
    return signer_from(path, name)
