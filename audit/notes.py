"""Checkpoints as signed notes, and how a signature is checked. Pure: imports without Django settings.

The form is C2SP's: signed-note (c2sp.org/signed-note) around a tlog-checkpoint (c2sp.org/tlog-checkpoint), so that
other tools can read it. The signature is Ed25519 (RFC 8032), checked here in plain Python for those who verify
with nothing but the standard library. Not here: signing, which needs the key (sealing.py).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256, sha512
from textwrap import dedent

ED25519 = b"\x01"
DASH = "— "
_PREVIOUS = "previous "


class Malformed(ValueError):
    """A text that is not what it should be. The message says what is wrong with it."""


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a log's key. `name` is the log's, as in the first line of its checkpoints."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """From the form "name+id+key". Malformed when it is not one, or its id belongs to another key."""
        try:
            name, key_id, coded = text.strip().split("+", 2)
            raw = b64decode(coded, validate=True)
        except ValueError:
            raise Malformed("This is not a verifier key of the form name+id+key.") from None
        if len(raw) != 33 or raw[:1] != ED25519:
            raise Malformed("This is not an Ed25519 verifier key.")
        found = cls(name, raw[1:])
        if found.key_id.hex() != key_id:
            raise Malformed("The id in this verifier key belongs to another key.")
        return found


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself at one moment: its name, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes
    previous: int | None = None
    """The size of the checkpoint before this one: an extension line, so that none can be taken out unseen."""

    @property
    def text(self) -> str:
        """The text that is signed."""
        before = "" if self.previous is None else f"{_PREVIOUS}{self.previous}\n"
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{before}"


def succession(key: VerifierKey) -> bytes:
    """What the key before this one signs, so that nobody else can put one in its place."""
    return f"The next key of this log is\n{key}\n".encode()


def signed(checkpoint: Checkpoint, key: VerifierKey, signature: bytes) -> str:
    """The note: the checkpoint, an empty line, one signature line."""
    return f"{checkpoint.text}\n{DASH}{key.name} {b64encode(key.key_id + signature).decode()}\n"


def opened(note: str, keys: list[VerifierKey]) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed. Malformed when none did, or it cannot be read."""
    text, gap, lines = note.partition("\n\n")
    text += "\n"
    parts = text.split("\n")
    if not gap or len(parts) < 4:
        raise Malformed("This is not a signed checkpoint.")
    try:
        size, root = int(parts[1]), b64decode(parts[2], validate=True)
    except ValueError:
        raise Malformed("The checkpoint does not say a size and a root.") from None
    if size < 0 or str(size) != parts[1] or len(root) != 32:
        raise Malformed("The checkpoint does not say a size and a root.")
    for line in lines.splitlines():
        if any(_signed_by(key, text.encode(), line) for key in keys):
            return Checkpoint(parts[0], size, root, _previous(parts[3:]))
    raise Malformed(f"No known key signed the checkpoint of size {size}.")


def folded(note: str, width: int = 68) -> str:
    """A note for a mail: no line longer than `width`; the rest of a longer one follows, indented by two."""
    lines = []
    for line in note.splitlines():
        lines.append(line[:width])
        lines += [f"  {line[at : at + width - 2]}" for at in range(width, len(line), width - 2)]
    return "\n".join(lines) + "\n"


def unfolded(text: str) -> str:
    """The note in a text that was folded, and perhaps indented as a whole."""
    return dedent(text).strip().replace("\n  ", "") + "\n"


def _previous(extensions: list[str]) -> int | None:
    found = [line.removeprefix(_PREVIOUS) for line in extensions if line.startswith(_PREVIOUS)]
    return int(found[0]) if len(found) == 1 and found[0].isascii() and found[0].isdigit() else None


def _signed_by(key: VerifierKey, message: bytes, line: str) -> bool:
    if not line.startswith(f"{DASH}{key.name} "):
        return False
    try:
        raw = b64decode(line.rpartition(" ")[2], validate=True)
    except ValueError:
        return False
    return raw[:4] == key.key_id and ed25519_verifies(key.public, message, raw[4:])


# Ed25519, RFC 8032 section 5.1: the field, the order of the group, the curve's constant, points as x, y, z, x·y/z.
_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


def ed25519_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message was made with the key's other half (RFC 8032, 5.1.7).

    Slow, some milliseconds, and not constant in time: nothing secret is in it.
    """
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= _L:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % _L
    return _same(_times(scalar, _BASE), _plus(commitment, _times(challenge, key)))


def _x_of(y: int, odd: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if square == 0:
        return None if odd else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != odd else x


def _point(coded: bytes) -> _Point | None:
    number = int.from_bytes(coded, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    x = _x_of(y, odd)
    return None if x is None else (x, y, 1, x * y % _P)


def _plus(one: _Point, two: _Point) -> _Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % _P, (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: _Point) -> _Point:
    found: _Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _plus(found, point)
        point = _plus(point, point)
        scalar >>= 1
    return found


def _same(one: _Point, two: _Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % _P == 0 and (one[1] * two[2] - two[1] * one[2]) % _P == 0


_BASE_Y = 4 * pow(5, -1, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0) or 0
_BASE: _Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)
