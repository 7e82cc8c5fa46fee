"""Commands: the key that signs this log is adopted, and handed over to the next one by its own signature."""

from audit.commands import command, record, unchanged
from audit.events import Verb
from audit.models import SigningKey
from audit.notes import VerifierKey, ed25519_verifies, succession
from audit.sealing import known_keys
from core import clock
from core.errors import IllegalMove
from core.policies import Actor


@command(Verb.KEY_ADOPTED)
def adopt_key(*, actor: Actor, key: VerifierKey) -> SigningKey:
    """The first key of this log. IllegalMove: it has one."""
    keys = SigningKey.objects.all()
    if any(row.verifier_key == str(key) for row in keys):
        return unchanged(keys[0])
    if keys:
        raise IllegalMove("This log has a key. Rotate it: manage.py audit rotate-key FILE")
    row = SigningKey.objects.create(verifier_key=str(key), adopted_at=clock.now())
    record(data={"key": str(key)})
    return row


@command(Verb.KEY_ROTATED)
def rotate_key(*, actor: Actor, key: VerifierKey, signature: bytes) -> SigningKey:
    """The next key of this log, signed by the one in force. IllegalMove: it is not, or was used before."""
    keys = known_keys()
    if not keys or not ed25519_verifies(keys[-1].public, succession(key), signature):
        raise IllegalMove("The key in force did not sign the new one. Rotate with both key files at hand.")
    if key in keys:
        raise IllegalMove("This key was in force before. Make a new one: manage.py audit key FILE")
    row = SigningKey.objects.create(verifier_key=str(key), signature=signature, adopted_at=clock.now())
    record(data={"key": str(key), "before": str(keys[-1]), "signature": signature.hex()})
    return row
