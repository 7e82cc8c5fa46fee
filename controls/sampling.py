"""How a sample is drawn from a frozen population. Pure, and short enough to be done again by hand.

Each record is given the SHA-256 of "<seed>:<id>"; the records with the smallest digests are the sample, in that order.
Whoever has the seed and the ids gets the same sample:

    printf '%s' "$SEED:$ID" | sha256sum
"""

from collections.abc import Iterable

from core.digests import sha256_hex


def population_digest(ids: Iterable[str]) -> str:
    """SHA-256 over the ids in ascending order, each ended by a line feed."""
    return sha256_hex("".join(f"{key}\n" for key in sorted(ids)))


def rank(seed: str, key: str) -> str:
    """What puts a record in its place: 64 hexadecimal digits."""
    return sha256_hex(f"{seed}:{key}")


def drawn(seed: str, ids: Iterable[str], wanted: int) -> list[str]:
    """The ids of the sample in the order they are drawn; all of them where `wanted` is 0 or more than there are.

    ValueError: a seed that is empty, or a negative number.
    """
    if not seed or wanted < 0:
        raise ValueError("a sample needs a seed, and a number of records that is not negative")
    ordered = sorted(set(ids), key=lambda key: (rank(seed, key), key))
    return ordered[: wanted or None]
