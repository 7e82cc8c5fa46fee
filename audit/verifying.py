"""The offline verifier: reads an export, and nothing else. Pure: standard library, imports without Django settings.

An export carries this module, with merkle, notes and evidence, as its own `verify.py`. What it holds together:

    record → its digest → the leaf of its event → the signed root → the next key's succession
    live row = newest version

Not here: how an export is written (exporting.py).
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit.blanks import Redactions
from audit.entry_proofs import verify_entry
from audit.evidence import leaf_data, record_digest
from audit.merkle import Frontier, leaf_hash
from audit.notes import Checkpoint, Malformed, VerifierKey, ed25519_verifies, opened, succession, unfolded

# What a version says besides the record's own columns.
_OF_THE_VERSION = {"history_id", "history_date", "history_type", "history_change_reason", "history_user_id"}
_OF_THE_VERSION |= {"event_id", "actor_name", "xid"}


class Broken(Exception):
    """The first thing that does not hold. The message names the record."""


@dataclass(frozen=True)
class Verified:
    """What was checked. `unsealed`: events younger than the last checkpoint; they are read, and not yet proved."""

    log: str
    size: int
    root: str
    checkpoints: int
    versions: int
    rows: int
    unsealed: int
    redacted: tuple[str, ...] = ()

    def __str__(self) -> str:
        later = f" {self.unsealed} younger ones wait for the next seal." if self.unsealed else ""
        return (
            f"Verified: {self.size} sealed entries of {self.log}, {self.versions} versions, {self.rows} rows as"
            f" they stand, {self.checkpoints} checkpoints.{later}\nRoot: {self.root}"
            + "".join(f"\nRedacted: {line}" for line in self.redacted)
        )


def verify(folder: Path, older: str | None = None, known: Sequence[str] = ()) -> Verified:
    """Check a whole export. `older`: a checkpoint kept from before, which the export must extend.

    `known`: keys one of which must be this log's, for those who know it from elsewhere.

    Broken: names the first record that does not fit.
    """
    manifest = _json((folder / "manifest.json").read_text(), "manifest.json")
    keys = _keys(manifest["keys"])
    if known and not any(str(key) in known for key in keys):
        raise Broken(f"key {keys[0]}: it is none of those you named.")
    checkpoints = _checkpoints(folder, keys)
    if older is not None:
        checkpoints.append(_opened("the older checkpoint", unfolded(older), keys))
    for name in manifest["files"]:
        if not (folder / name).exists():
            raise Broken(f"{name}: the file is missing.")
    redactions, successions = Redactions(manifest.get("redactions", [])), _Successions(keys)
    with _Newest(manifest["tables"]) as newest:
        frontier, versions, unsealed = _events(
            folder, checkpoints, manifest["epoch_starts"], newest, redactions, successions
        )
        rows = newest.hold_against(folder)
    if (label := redactions.undecided()) is not None:
        raise Broken(f"{label}: it was blanked, and no redaction by two people in the log says so.")
    successions.hold()
    for name, digest in manifest["files"].items():
        if _digest_of(folder / name) != digest:
            raise Broken(f"{name}: the file is not the one the manifest names.")
    return Verified(
        keys[0].name,
        frontier.size,
        frontier.root().hex(),
        len(checkpoints),
        versions,
        rows,
        unsealed,
        tuple(redactions.told()),
    )


def _keys(entries: list[dict[str, Any]]) -> list[VerifierKey]:
    """The log's keys, each signed by the one before it."""
    found: list[VerifierKey] = []
    for entry in entries:
        try:
            key = VerifierKey.parse(entry["key"])
        except Malformed as error:
            raise Broken(f"key {entry['key']}: {error}") from None
        if found:
            signature = b64decode(entry["signature"] or "")
            if key.name != found[-1].name or not ed25519_verifies(
                found[-1].public, succession(key), signature
            ):
                raise Broken(f"key {key}: the key before it did not sign it.")
        found.append(key)
    if not found:
        raise Broken("manifest.json: the log has no key, so nothing in it is sealed.")
    return found


def _checkpoints(folder: Path, keys: list[VerifierKey]) -> list[Checkpoint]:
    paths = sorted((folder / "checkpoints").glob("*.note"))
    if not paths:
        raise Broken("checkpoints/: there is no checkpoint, so nothing is sealed.")
    found = [_opened(f"checkpoints/{path.name}", path.read_text(), keys) for path in paths]
    for path, checkpoint in zip(paths, found, strict=True):
        if int(path.stem) != checkpoint.size:
            raise Broken(f"checkpoints/{path.name}: it is a checkpoint of {checkpoint.size} leaves.")
    sizes = {checkpoint.size for checkpoint in found}
    for checkpoint in found:
        if checkpoint.previous and checkpoint.previous not in sizes:
            raise Broken(
                f"checkpoints/{checkpoint.previous:012}.note: it is missing; that of {checkpoint.size} leaves"
                " follows it."
            )
    return found


class _Successions:
    """The log's keys as its own entries tell of them, held against those that signed."""

    def __init__(self, keys: list[VerifierKey]) -> None:
        self.keys = [str(key) for key in keys]
        self.told: list[str] = []

    def note(self, event: dict[str, Any]) -> None:
        if event["verb"] in ("audit.key.adopted", "audit.key.rotated") and event["outcome"] == "done":
            self.told.append(event["data"]["key"])

    def hold(self) -> None:
        for at, key in enumerate(self.keys):
            if self.told[at : at + 1] != [key]:
                raise Broken(f"key {key}: no entry says that it was adopted.")
        if missing := self.told[len(self.keys) :]:
            raise Broken(f"key {missing[0]}: an entry says that it was adopted; it is missing.")


def _opened(name: str, note: str, keys: list[VerifierKey]) -> Checkpoint:
    try:
        checkpoint = opened(note, keys)
    except Malformed as error:
        raise Broken(f"{name}: {error}") from None
    if checkpoint.origin != keys[0].name:
        raise Broken(f"{name}: it belongs to the log {checkpoint.origin}.")
    return checkpoint


def _events(
    folder: Path,
    checkpoints: list[Checkpoint],
    epoch_starts: list[int],
    newest: _Newest,
    redactions: Redactions,
    successions: _Successions,
) -> tuple[Frontier, int, int]:
    """Every event: its digest, its versions' digests, its leaf; and the roots on the way."""
    roots: dict[int, set[bytes]] = {}
    for checkpoint in checkpoints:
        roots.setdefault(checkpoint.size, set()).add(checkpoint.root)
    last, frontier = max(roots), Frontier()
    _hold_root(frontier, roots, 0)
    versions = unsealed = 0
    checked, newest_xid = 0, 0
    for line in _lines(folder / "events.jsonl"):
        entry = _json(line, f"events.jsonl, entry after leaf {frontier.size - 1}")
        name = f"entry {entry['number']}"
        event = _record(name, entry)
        successions.note(event)
        if event["number"] != entry["number"]:
            raise Broken(f"{name}: its record is that of entry {event['number']}.")
        written = []
        for version in entry["versions"]:
            label = f"{name}: version {version['history_id']} in {version['table']}"
            record = _record(label, version, redactions)
            redactions.note(version["table"], record)
            if (record["event_id"], record["history_id"]) != (entry["number"], version["history_id"]):
                raise Broken(f"{label}: it belongs to entry {record['event_id']}.")
            written.append((version["table"], version["history_id"], bytes.fromhex(version["digest"])))
            newest.note(label, version["table"], record, version["record"])
        versions += len(written)
        if entry["index"] is None:
            unsealed += 1
            if event["xid"] < newest_xid:
                raise Broken(f"{name}: its transaction {event['xid']} was sealed without it.")
            continue
        if entry["index"] != frontier.size:
            raise Broken(f"{name}: it claims leaf {entry['index']} where leaf {frontier.size} belongs.")
        if frontier.size >= last:
            raise Broken(f"{name}: it claims leaf {frontier.size}; the last checkpoint has {last} leaves.")
        hashed = leaf_hash(leaf_data(entry["number"], bytes.fromhex(entry["digest"]), written))
        if hashed.hex() != entry["leaf"]:
            raise Broken(f"{name}: its leaf {entry['index']} was made of another record or other versions.")
        if frontier.size in epoch_starts:
            newest_xid = 0
        newest_xid = max(newest_xid, event["xid"])
        frontier.append(hashed)
        checked = _hold_root(frontier, roots, checked)
    if frontier.size != last:
        raise Broken(f"leaf {frontier.size}: it is missing; the checkpoint of {last} leaves has it.")
    return frontier, versions, unsealed


def _hold_root(frontier: Frontier, roots: dict[int, set[bytes]], checked: int) -> int:
    """Up to which size the roots were held; Broken when the one signed at this size is another."""
    if frontier.size not in roots:
        return checked
    if roots[frontier.size] != {frontier.root()}:
        raise Broken(
            f"leaves {checked} to {frontier.size - 1}: the checkpoint of {frontier.size} leaves was signed over"
            " others."
        )
    return frontier.size


def _record(name: str, entry: dict[str, Any], redactions: Redactions | None = None) -> dict[str, Any]:
    """The record in an entry or version, after it was held against its digest; a version may be redacted."""
    if record_digest(entry["salt"], entry["record"]).hex() != entry["digest"] and not (
        redactions is not None and redactions.excuses(name, entry)
    ):
        raise Broken(f"{name}: its record does not match its digest.")
    found: dict[str, Any] = json.loads(entry["record"])
    return found


class _Newest:
    """The newest version of every row, kept on disk so that any number of rows can be held."""

    def __init__(self, tables: dict[str, dict[str, str]]) -> None:
        self.tables = tables
        self.by_history = {table["history"]: (live, table["key"]) for live, table in tables.items()}
        self.waiting: list[tuple[Any, ...]] = []

    def __enter__(self) -> _Newest:
        self.store = sqlite3.connect("")  # a temporary file
        self.store.execute("pragma synchronous = off")
        self.store.execute(
            "create table newest (live text, key text, version integer, gone integer, record text,"
            " primary key (live, key)) without rowid"
        )
        return self

    def __exit__(self, *error: object) -> None:
        self.store.close()

    def note(self, label: str, table: str, record: dict[str, Any], text: str) -> None:
        """A version of a row; the newest one so far counts."""
        if table not in self.by_history:
            raise Broken(f"{label}: the manifest knows no such table.")
        live, key = self.by_history[table]
        self.waiting.append(
            (live, str(record[key]), record["history_id"], record["history_type"] == "-", text)
        )
        if len(self.waiting) >= 10_000:
            self._write()

    def _write(self) -> None:
        self.store.executemany(
            "insert into newest values (?, ?, ?, ?, ?) on conflict do update set version = excluded.version,"
            " gone = excluded.gone, record = excluded.record where excluded.version > version",
            self.waiting,
        )
        self.waiting.clear()

    def hold_against(self, folder: Path) -> int:
        """Every live row equals its newest version, and every row that should live does. How many there are."""
        self._write()
        total = 0
        for live in self.tables:
            total += self._hold_table(folder, live)
        left = self.store.execute("select live, key from newest where gone = 0 limit 1").fetchone()
        if left is not None:
            raise Broken(f"row {left[1]} of {left[0]}: its newest version says that it exists; it does not.")
        return total

    def _hold_table(self, folder: Path, live: str) -> int:
        count = 0
        for line in _lines(folder / "rows" / f"{live}.jsonl"):
            row = _json(line, f"rows/{live}.jsonl")
            name = f"row {row.get(self.tables[live]['key'])} of {live}"
            found = self.store.execute(
                "delete from newest where live = ? and key = ? returning gone, record",
                (live, str(row.get(self.tables[live]["key"]))),
            ).fetchone()
            if found is None or found[0]:
                raise Broken(f"{name}: no version says that it exists.")
            version = json.loads(found[1])
            told = {key: value for key, value in version.items() if key in row or key not in _OF_THE_VERSION}
            if {key: told.get(key) for key in row} != row or set(told) - set(row):
                raise Broken(f"{name}: it differs from its newest version, {version['history_id']}.")
            count += 1
        return count


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
    except FileNotFoundError:
        raise Broken(f"{path.name}: the file is missing.") from None


def _json(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Broken(f"{name}: it cannot be read.") from None
    if not isinstance(found, dict):
        raise Broken(f"{name}: it cannot be read.")
    return found


def _digest_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """The command line. 0: everything holds; 1: something does not; 2: wrong usage."""
    parser = argparse.ArgumentParser(
        description="Verify an export of an audit log, or the proof of one entry, offline.",
        epilog="examples: python verify.py export --checkpoint kept-in-march.note;"
        " python verify.py proof-of-entry-812.json --key KEY",
    )
    parser.add_argument("folder", type=Path, help="the folder of the export, or the file of a proof of entry")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="the log's key, as you know it from elsewhere; may be repeated",
    )
    parser.add_argument("--checkpoint", type=Path, help="an older checkpoint that the export must extend")
    options = parser.parse_args(arguments)
    try:
        if options.folder.is_file():
            if not options.key:
                parser.error("say the log's key, as its page of checkpoints shows it: --key KEY")
            print(verify_entry(options.folder, [VerifierKey.parse(key) for key in options.key]))
            return 0
        older = options.checkpoint.read_text() if options.checkpoint else None
        print(verify(options.folder, older, options.key))
    except (Broken, Malformed, OSError) as problem:
        print(f"Broken: {problem}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError) as problem:
        print(f"Broken: the export does not have the expected form ({problem!r}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
