"""Signed notes, against an independent implementation of Ed25519 and against RFC 8032's own vectors."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit.notes import (
    Checkpoint,
    Malformed,
    VerifierKey,
    ed25519_verifies,
    folded,
    opened,
    signed,
    unfolded,
)

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_rfc(public: str, message: str, signature: str) -> None:
    key, text, signing = (bytes.fromhex(part) for part in (public, message, signature))
    assert ed25519_verifies(key, text, signing)
    assert not ed25519_verifies(key, text + b"!", signing)
    assert not ed25519_verifies(key, text, signing[:-1] + bytes([signing[-1] ^ 1]))
    assert not ed25519_verifies(key[:-1], text, signing)


def test_what_cryptography_signs_is_verified() -> None:
    for length in (0, 1, 31, 200):
        private = Ed25519PrivateKey.generate()
        message = b"m" * length
        assert ed25519_verifies(private.public_key().public_bytes_raw(), message, private.sign(message))


def test_a_scalar_beyond_the_order_is_refused() -> None:
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[0])
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signature[32:], "little") + order
    assert not ed25519_verifies(public, message, signature[:32] + scalar.to_bytes(32, "little"))


@pytest.fixture
def pair() -> tuple[Ed25519PrivateKey, VerifierKey]:
    private = Ed25519PrivateKey.generate()
    return private, VerifierKey("log.example/audit", private.public_key().public_bytes_raw())


def test_a_checkpoint_comes_back_from_its_note(pair: tuple[Ed25519PrivateKey, VerifierKey]) -> None:
    private, key = pair
    checkpoint = Checkpoint(key.name, 7, b"\x07" * 32)
    note = signed(checkpoint, key, private.sign(checkpoint.text.encode()))
    assert note.startswith("log.example/audit\n7\n")
    assert opened(note, [key]) == checkpoint
    assert VerifierKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n7\n", "\n8\n"),
        lambda note: note.replace("\n7\n", "\n07\n"),
        lambda note: note.replace("\n7\n", "\nseven\n"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("log.example", "log.elsewhere"),
        lambda note: note[:-20] + ("B" if note[-20] == "A" else "A") + note[-19:],
        lambda note: "",
    ],
)
def test_a_spoiled_note_is_malformed(spoil: object, pair: tuple[Ed25519PrivateKey, VerifierKey]) -> None:
    private, key = pair
    checkpoint = Checkpoint(key.name, 7, b"\x07" * 32)
    note = signed(checkpoint, key, private.sign(checkpoint.text.encode()))
    with pytest.raises(Malformed):
        opened(spoil(note), [key])  # type: ignore[operator]


def test_a_note_signed_by_nobody_known_is_malformed(pair: tuple[Ed25519PrivateKey, VerifierKey]) -> None:
    private, key = pair
    checkpoint = Checkpoint(key.name, 7, b"\x07" * 32)
    note = signed(checkpoint, key, private.sign(checkpoint.text.encode()))
    stranger = VerifierKey(key.name, Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    with pytest.raises(Malformed, match="No known key"):
        opened(note, [stranger])


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AAAA", "name+zz+!!"])
def test_what_is_no_verifier_key_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey.parse(text)


def test_a_verifier_key_with_the_id_of_another_is_malformed(
    pair: tuple[Ed25519PrivateKey, VerifierKey],
) -> None:
    name, _key_id, coded = str(pair[1]).split("+", 2)
    with pytest.raises(Malformed, match="another key"):
        VerifierKey.parse(f"{name}+00000000+{coded}")


@given(st.binary(min_size=32, max_size=32), st.integers(0, 10**12), st.integers(0, 12))
def test_a_note_survives_a_mail(root: bytes, size: int, indent: int) -> None:
    """Folded to the width of a mail, indented, and read back."""
    key = VerifierKey("a-rather-long-name.of-a-log.example.org/audit", b"\x01" * 32)
    note = signed(Checkpoint(key.name, size, root, 7), key, b"\x02" * 64)
    mailed = "\n".join(" " * indent + line if line else "" for line in folded(note).splitlines())
    assert max(map(len, folded(note).splitlines())) <= 68
    assert unfolded(mailed) == note
