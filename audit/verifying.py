"""The offline verifier: reads an export, and nothing else. Pure: standard library, imports without Django settings.

An export carries this module, with merkle, notes, evidence and others, as its own `verify.py`. What it holds together:

    record → its digest → the leaf of its event → the signed root → the next key's succession
    live row = newest version
    words beside a document → their commitments in it → its digest

Not here: how an export is written (exporting.py).
"""

from __future__ import annotations

import argparse
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.blanks import EVENTS, Redactions
from audit.disclosures import disclosed_wrongly
from audit.entry_proofs import verify_entry
from audit.evidence import Version, leaf_data, record_digest
from audit.merkle import Frontier, leaf_hash
from audit.notes import Checkpoint, Malformed, VerifierKey, ed25519_verifies, opened, succession, unfolded
from audit.reading import Broken, File, Newest, decoded, file_of, json_object


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
    manifest = json_object((folder / "manifest.json").read_text(), "manifest.json")
    keys = _keys(manifest["keys"])
    if known and not any(str(key) in known for key in keys):
        raise Broken(f"key {keys[0]}: it is none of those you named.")
    checkpoints = _checkpoints(folder, keys)
    if older is not None:
        checkpoints.append(_opened("the older checkpoint", unfolded(older), keys))
    files = {name: File(folder / name) for name in manifest["files"]}
    for name, file in files.items():
        if not file.path.exists():
            raise Broken(f"{name}: the file is missing.")
    redactions, successions = Redactions(manifest.get("redactions", [])), _Successions(keys)
    with Newest(manifest["tables"]) as newest:
        frontier, versions, unsealed = _events(
            file_of(files, "events.jsonl"),
            checkpoints,
            manifest["epoch_starts"],
            newest,
            redactions,
            successions,
        )
        rows = newest.hold_against(files)
    if (label := redactions.undecided()) is not None:
        raise Broken(f"{label}: it was blanked, and no redaction by two people in the log says so.")
    successions.hold()
    for name, digest in manifest["files"].items():
        if files[name].whole_digest() != digest:
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
    file: File,
    checkpoints: list[Checkpoint],
    epoch_starts: list[int],
    newest: Newest,
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
    for entry in file.objects(lambda: f"events.jsonl, entry after leaf {frontier.size - 1}"):
        number, index = entry["number"], entry["index"]
        event = _event(entry, redactions)
        successions.note(event)
        written = [_version(number, version, newest, redactions) for version in entry["versions"]]
        versions += len(written)
        if index is None:
            unsealed += 1
            if event["xid"] < newest_xid:
                raise Broken(f"entry {number}: its transaction {event['xid']} was sealed without it.")
            continue
        if index != frontier.size or index >= last:
            raise _misplaced(entry, frontier.size, last)
        hashed = leaf_hash(leaf_data(number, bytes.fromhex(entry["digest"]), written))
        if hashed.hex() != entry["leaf"]:
            raise Broken(f"entry {number}: its leaf {index} was made of another record or other versions.")
        if index in epoch_starts:
            newest_xid = 0
        newest_xid = max(newest_xid, event["xid"])
        frontier.append(hashed)
        if frontier.size in roots:
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


def _misplaced(entry: dict[str, Any], size: int, last: int) -> Broken:
    name = f"entry {entry['number']}"
    if entry["index"] != size:
        return Broken(f"{name}: it claims leaf {entry['index']} where leaf {size} belongs.")
    return Broken(f"{name}: it claims leaf {size}; the last checkpoint has {last} leaves.")


def _event(entry: dict[str, Any], redactions: Redactions) -> dict[str, Any]:
    """An event, after it was held against its digest; it may be redacted."""
    number = entry["number"]
    if not _matches(entry) and not redactions.excuses(f"entry {number}", EVENTS, number, entry):
        raise Broken(f"entry {entry['number']}: its record does not match its digest.")
    event: dict[str, Any] = decoded(entry["record"])
    if event["number"] != entry["number"]:
        raise Broken(f"entry {entry['number']}: its record is that of entry {event['number']}.")
    return event


def _version(number: int, version: dict[str, Any], newest: Newest, redactions: Redactions) -> Version:
    """A version as the leaf of its event names it, after it was held against its digest; it may be redacted."""
    table, history_id = version["table"], version["history_id"]
    label = _label(number, version)
    if not _matches(version) and not redactions.excuses(label, table, history_id, version):
        raise Broken(f"{label}: its record does not match its digest.")
    record: dict[str, Any] = decoded(version["record"])
    if (told := disclosed_wrongly(record)) is not None:
        raise Broken(f"{label}: {told}")
    redactions.note(table, record)
    if record["event_id"] != number or record["history_id"] != history_id:
        raise Broken(f"{label}: it belongs to entry {record['event_id']}.")
    if table not in newest.by_history:
        raise Broken(f"{label}: the manifest knows no such table.")
    newest.note(table, record, version["record"])
    return table, history_id, bytes.fromhex(version["digest"])


def _label(number: int, version: dict[str, Any]) -> str:
    return f"entry {number}: version {version['history_id']} in {version['table']}"


def _matches(entry: dict[str, Any]) -> bool:
    """Whether the record in an entry or version gives its digest."""
    digest: str = entry["digest"]
    return record_digest(entry["salt"], entry["record"]).hex() == digest


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
