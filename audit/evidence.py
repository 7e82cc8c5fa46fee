"""What is hashed: the bytes of a leaf and the digest of a record. Pure: imports without Django settings."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

Version = tuple[str, int, bytes]
"""History table, history id, digest."""


def leaf_data(number: int, digest: bytes, versions: Iterable[Version]) -> bytes:
    """The bytes under the leaf of one event: itself by number and digest, and each row version it wrote.

    One line each, the versions by table and id. Digests are salted, so that a leaf gives nothing away, and so
    that a redaction, which blanks a record and keeps its digest, leaves every proof as it was.
    """
    lines = [f"event {number} {digest.hex()}"]
    lines += [f"version {table} {key} {version.hex()}" for table, key, version in sorted(versions)]
    return "\n".join(lines).encode()


def record_digest(salt: str, record: str) -> bytes:
    """SHA-256 over the salt, a UUID's 16 bytes, and the record as PostgreSQL writes a jsonb (audit/sql/guards.sql)."""
    return sha256(bytes.fromhex(salt.replace("-", "")) + record.encode()).digest()
