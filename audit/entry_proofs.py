"""A proof of entry as a file, checked by whoever holds it. Pure: standard library, imports without Django settings."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

from audit.merkle import leaf_hash, verify_inclusion
from audit.notes import Malformed, VerifierKey, opened


def verify_entry(path: Path, keys: list[VerifierKey]) -> str:
    """What the proof in this file shows, in a sentence. Malformed: it shows nothing, or another key signed."""
    told = json.loads(path.read_text(encoding="utf-8"))
    checkpoint = opened(told["checkpoint"], keys)
    leaf, index = told["leaf"].encode(), told["index"]
    hashes = [b64decode(hashed) for hashed in told["proof"]]
    if not verify_inclusion(leaf_hash(leaf), index, checkpoint.size, hashes, checkpoint.root):
        raise Malformed(f"{path.name}: its leaf is not under the checkpoint of {checkpoint.size} entries.")
    number = told["leaf"].split(" ", 2)[1]
    return (
        f"Verified: entry {number} is leaf {index} of {checkpoint.origin}, under its checkpoint of"
        f" {checkpoint.size} entries."
    )
