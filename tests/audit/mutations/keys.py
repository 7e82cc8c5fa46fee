"""How the log's keys would be tampered with."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.keys import rotate_key
from audit.models import Checkpoint, SigningKey
from audit.signing import Signer
from tests.audit.log import WRITER, SealedLog, as_owner, run, seal_now


def put_another_key_in_its_place(log: SealedLog) -> str:
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with as_owner("audit_signingkey"):
        run(
            "insert into audit_signingkey (verifier_key, signature, adopted_at) values (%s, %s, now())",
            str(stranger.verifier_key),
            stranger.hand_over_to(stranger.verifier_key),
        )
    return "the key before it did not sign it"


def edit_a_key(log: SealedLog) -> str:
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with as_owner("audit_signingkey"):
        run("update audit_signingkey set verifier_key = %s", str(stranger.verifier_key))
    return "000000000003.note: No known key signed the checkpoint of size 3"


def three_keys(log: SealedLog) -> list[Signer]:
    """Two more keys, each signed by the one before and used for a seal."""
    signers = [log.signer]
    for _ in range(2):
        following = Signer(log.signer.name, Ed25519PrivateKey.generate())
        rotate_key(
            actor=WRITER,
            key=following.verifier_key,
            signature=signers[-1].hand_over_to(following.verifier_key),
        )
        seal_now(following)
        signers.append(following)
    return signers


def delete_a_key_from_the_middle(log: SealedLog) -> str:
    last = three_keys(log)[-1]
    with as_owner("audit_signingkey"):
        run("delete from audit_signingkey where id = %s", SigningKey.objects.all()[1].pk)
    return f"key {last.verifier_key}: the key before it did not sign it".replace("+", r"\+")


def delete_the_last_key(log: SealedLog) -> str:
    three_keys(log)
    size = Checkpoint.objects.all()[0].size
    with as_owner("audit_signingkey"):
        run("delete from audit_signingkey where id = %s", SigningKey.objects.all()[2].pk)
    return f"{size:012}.note: No known key signed the checkpoint of size {size}"


def delete_a_key_that_signed_nothing_yet(log: SealedLog) -> str:
    following = Signer(log.signer.name, Ed25519PrivateKey.generate())
    rotate_key(
        actor=WRITER, key=following.verifier_key, signature=log.signer.hand_over_to(following.verifier_key)
    )
    with as_owner("audit_signingkey"):
        run("delete from audit_signingkey where id = %s", SigningKey.objects.all()[1].pk)
    return f"key {following.verifier_key}: an entry says that it was adopted".replace("+", r"\+")


def swap_two_keys(log: SealedLog) -> str:
    three_keys(log)
    first, second = SigningKey.objects.all()[1:3]
    with as_owner("audit_signingkey"):
        for number, key in ((-1, first), (first.pk, second), (second.pk, SigningKey(pk=-1))):
            run("update audit_signingkey set id = %s where id = %s", number, key.pk)
    return f"key {second.verifier_key}: the key before it did not sign it".replace("+", r"\+")


def insert_a_key_signed_by_a_stolen_one(log: SealedLog) -> str:
    """Properly signed, and no entry tells of it."""
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with as_owner("audit_signingkey"):
        run(
            "insert into audit_signingkey (verifier_key, signature, adopted_at) values (%s, %s, now())",
            str(stranger.verifier_key),
            log.signer.hand_over_to(stranger.verifier_key),
        )
    return f"key {stranger.verifier_key}: no entry says that it was adopted".replace("+", r"\+")


def duplicate_a_key(log: SealedLog) -> str:
    [key] = SigningKey.objects.all()
    with as_owner("audit_signingkey"):
        run(
            "insert into audit_signingkey (verifier_key, signature, adopted_at) values (%s, %s, now())",
            f"{key.verifier_key} ",
            log.signer.hand_over_to(log.signer.verifier_key),
        )
    return "an entry says that it was adopted|no entry says that it was adopted"
