"""The offline verifier of an evidence pack. Pure: standard library, imports without Django settings.

A pack carries this module, with merkle, notes and evidence, as its own `verify.py`. What it holds together:

    record → its digest → the leaf of its entry → by its proof the signed root → the next key's succession
    record as it stands = its newest version
    words beside a document → their commitments in it → its digest

Not here: how a pack is written (packing.py), an export of the whole log (verifying.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit.blanks import EVENTS, Redactions
from audit.disclosures import disclosed_wrongly
from audit.evidence import leaf_data, record_digest
from audit.merkle import leaf_hash, verify_inclusion
from audit.notes import Checkpoint, Malformed, VerifierKey, ed25519_verifies, opened, succession

# What a version says besides the record's own columns.
_OF_THE_VERSION = {"history_id", "history_date", "history_type", "history_change_reason", "history_user_id"}
_OF_THE_VERSION |= {"event_id", "actor_name", "xid"}


class Broken(Exception):
    """The first thing that does not hold. The message names the record."""


@dataclass(frozen=True)
class Verified:
    """What was checked. `waiting`: entries younger than the checkpoint; they are read, and not yet proved."""

    of: str
    log: str
    entries: int
    versions: int
    records: int
    waiting: int
    size: int
    root: str
    redacted: tuple[str, ...] = ()

    def __str__(self) -> str:
        later = f" {self.waiting} younger ones wait for the next seal." if self.waiting else ""
        return (
            f"Verified: {self.of}. {self.entries} entries, {self.versions} versions and {self.records} records, proved"
            f" under the checkpoint of {self.size} entries of {self.log}.{later}\nRoot: {self.root}"
            + "".join(f"\nRedacted: {line}" for line in self.redacted)
        )


def verify(folder: Path, kept: str | None = None) -> Verified:
    """Check a whole pack. `kept`: a checkpoint of the same log from elsewhere. Broken: names what does not fit."""
    manifest = _json((folder / "manifest.json").read_text(encoding="utf-8"), "manifest.json")
    for name, digest in manifest["files"].items():
        if not (folder / name).exists():
            raise Broken(f"{name}: the file is missing.")
        if sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise Broken(f"{name}: the file is not the one the manifest names.")
    keys = _keys(manifest["keys"])
    if "checkpoint.note" not in manifest["files"]:
        raise Broken("checkpoint.note: there is no checkpoint, so nothing is sealed.")
    checkpoint = _opened("checkpoint.note", (folder / "checkpoint.note").read_text(encoding="utf-8"), keys)
    if kept is not None:
        _hold_kept(_opened("the checkpoint that was kept", kept, keys), checkpoint)
    tables = manifest["tables"]
    redactions = Redactions(manifest.get("redactions", []))
    entries, versions, waiting, newest = _entries(folder / "entries.jsonl", checkpoint, tables, redactions)
    if (label := redactions.undecided()) is not None:
        raise Broken(f"{label}: it was blanked, and no redaction by two people in the pack says so.")
    records = _records(folder / "records.jsonl", tables, newest)
    of = f"{manifest['of']['kind']} {manifest['of']['name']}"
    return Verified(
        of=of,
        log=keys[0].name,
        entries=entries,
        versions=versions,
        records=records,
        waiting=waiting,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        redacted=tuple(redactions.told()),
    )


def _keys(told: list[dict[str, Any]]) -> list[VerifierKey]:
    """The log's keys, each signed by the one before it."""
    found: list[VerifierKey] = []
    for entry in told:
        try:
            key = VerifierKey.parse(entry["key"])
        except Malformed as error:
            raise Broken(f"key {entry['key']}: {error}") from None
        signature = b64decode(entry["signature"] or "")
        if found and not (
            key.name == found[-1].name and ed25519_verifies(found[-1].public, succession(key), signature)
        ):
            raise Broken(f"key {key}: the key before it did not sign it.")
        found.append(key)
    if not found:
        raise Broken("manifest.json: the log has no key, so nothing in it is sealed.")
    return found


def _opened(name: str, note: str, keys: list[VerifierKey]) -> Checkpoint:
    try:
        found = opened(note, keys)
    except Malformed as error:
        raise Broken(f"{name}: {error}") from None
    if found.origin != keys[0].name:
        raise Broken(f"{name}: it belongs to the log {found.origin}.")
    return found


def _hold_kept(kept: Checkpoint, own: Checkpoint) -> None:
    if kept.size == own.size and kept.root != own.root:
        raise Broken(
            f"checkpoint.note: the one that was kept, of the same {own.size} entries, has another root."
        )


def _entries(
    path: Path, checkpoint: Checkpoint, tables: dict[str, Any], redactions: Redactions
) -> tuple[int, int, int, dict[tuple[str, str], dict[str, Any]]]:
    """Every entry: its digest, its versions' digests, its leaf, its proof; and the newest version of each record."""
    keys = {table["history"]: (live, table["key"]) for live, table in tables.items()}
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    entries = versions = waiting = 0
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            entry = _json(line, f"entries.jsonl, line {entries + 1}")
            name = f"entry {entry['number']}"
            place = (EVENTS, entry["number"])
            if _record(name, place, entry, redactions)["number"] != entry["number"]:
                raise Broken(f"{name}: its record is that of another entry.")
            for version in entry["versions"]:
                if "record" not in version:
                    continue
                label = f"{name}: version {version['history_id']} in {version['table']}"
                found = _record(label, (version["table"], version["history_id"]), version, redactions)
                if (told := disclosed_wrongly(found)) is not None:
                    raise Broken(f"{label}: {told}")
                redactions.note(version["table"], found)
                if (found["event_id"], found["history_id"]) != (entry["number"], version["history_id"]):
                    raise Broken(f"{label}: it belongs to entry {found['event_id']}.")
                live, key = keys[version["table"]]
                place = (live, str(found[key]))
                if place not in newest or newest[place]["history_id"] < found["history_id"]:
                    newest[place] = found
                versions += 1
            waiting += not _is_proved(name, entry, checkpoint)
            entries += 1
    return entries, versions, waiting, newest


def _is_proved(name: str, entry: dict[str, Any], checkpoint: Checkpoint) -> bool:
    """Whether the entry is under the checkpoint; False while it waits for the seal. Broken: its proof does not hold."""
    if entry["index"] is None:
        return False
    written = [(row["table"], row["history_id"], bytes.fromhex(row["digest"])) for row in entry["versions"]]
    hashed = leaf_hash(leaf_data(entry["number"], bytes.fromhex(entry["digest"]), written))
    proof = [b64decode(part) for part in entry["proof"] or []]
    if not verify_inclusion(hashed, entry["index"], checkpoint.size, proof, checkpoint.root):
        raise Broken(f"{name}: its proof does not lead to the signed root.")
    return True


def _records(path: Path, tables: dict[str, Any], newest: dict[tuple[str, str], dict[str, Any]]) -> int:
    """Every record equals its newest version."""
    count = 0
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            told = _json(line, f"records.jsonl, line {count + 1}")
            row = json.loads(told["record"])
            key = str(row[tables[told["table"]]["key"]])
            name = f"record {key} of {told['table']}"
            version = newest.pop((told["table"], key), None)
            if version is None or version["history_type"] == "-":
                raise Broken(f"{name}: no version says that it exists.")
            said = {
                field: value
                for field, value in version.items()
                if field in row or field not in _OF_THE_VERSION
            }
            if said != row:
                raise Broken(f"{name}: it differs from its newest version, {version['history_id']}.")
            count += 1
    left = next((place for place, version in newest.items() if version["history_type"] != "-"), None)
    if left is not None:
        raise Broken(f"record {left[1]} of {left[0]}: its newest version says that it exists; it is missing.")
    return count


def _record(
    name: str, place: tuple[str, int], entry: dict[str, Any], redactions: Redactions
) -> dict[str, Any]:
    """The record in an entry or version, after it was held against its digest; it may be redacted."""
    fits = record_digest(entry["salt"], entry["record"]).hex() == entry["digest"]
    if not fits and not redactions.excuses(name, *place, entry):
        raise Broken(f"{name}: its record does not match its digest.")
    return _json(entry["record"], name)


def _json(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Broken(f"{name}: it cannot be read.") from None
    if not isinstance(found, dict):
        raise Broken(f"{name}: it cannot be read.")
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command line. 0: everything holds; 1: something does not; 2: wrong usage."""
    parser = argparse.ArgumentParser(
        description="Verify an evidence pack, offline.",
        epilog="example: python verify.py . --checkpoint from-the-daily-mail.note",
    )
    parser.add_argument("folder", type=Path, help="the folder of the unpacked pack")
    parser.add_argument(
        "--checkpoint", type=Path, help="a checkpoint of the same log that was kept elsewhere"
    )
    options = parser.parse_args(arguments)
    try:
        kept = options.checkpoint.read_text(encoding="utf-8") if options.checkpoint else None
        print(verify(options.folder, kept))
    except (Broken, OSError) as problem:
        print(f"Broken: {problem}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError) as problem:
        print(f"Broken: the pack does not have the expected form ({problem!r}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
