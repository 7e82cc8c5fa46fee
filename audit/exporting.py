"""An export: every event with the versions it wrote, every row as it stands, the checkpoints, and a verifier.

Written from one snapshot of the database, in pieces, so that its size does not matter. Who may have it is for
those who call; what it must show is in verifying.py. What nobody may know of now is not in it, and then it ends with
the last published checkpoint: its manifest says so.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection, transaction

from audit import blanks, disclosures, entry_proofs, evidence, merkle, notes, reading, verifying
from audit.commands import command, record
from audit.events import Verb
from audit.models import Event, Leaf, Redaction, SigningKey, TrackedModel
from audit.publishing import held_back_since, published
from audit.queries import tracked_models
from audit.states import RedactionState
from audit.withholding import Withheld, withheld_from
from core import clock, digests
from core.policies import Actor, Process

PIECE = 2_000
"""Events read at a time."""
ANYBODY = Process("Command line")
"""Whoever takes an export: what is kept from particular people is in it, what is kept from everybody is not."""
HELD_BACK = (
    "A secret vote is open. What is recorded of it is left out until it closes, and so is every checkpoint since it "
    "was opened, since the size of the log would tell how many have voted: entries of that time count as not sealed."
)

_RECORD = (
    "(select jsonb_object_agg(key, value)::text from jsonb_each(to_jsonb({row}) - array[{without}])"
    " where value <> 'null')"
)
_OF_EVENT = _RECORD.format(row="e", without="'salt', 'digest'")
COLUMNS = f"e.number, e.salt, coalesce(e.digest, audit_digest(e.salt, to_jsonb(e) - 'digest')), {_OF_EVENT}"
"""Of an event e: what `entry` makes a line of, after its leaf's index and hash."""
_OF_VERSION = _RECORD.format(row="h", without="'salt', 'version_digest'")
OF_ROW = _RECORD.format(row="t", without="''")


@dataclass(frozen=True)
class Exported:
    """What was written. `held_back`: what nobody may know of now was left out."""

    events: int
    sealed: int
    rows: int
    held_back: bool


def export(folder: Path) -> Exported:
    """Write an export into a new or empty folder. FileExistsError: there is something in it."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty.")
    for part in (folder, folder / "rows", folder / "checkpoints"):
        part.mkdir(parents=True, exist_ok=True)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("set local timezone = 'UTC'")
        held_back, kept = bool(held_back_since()), withheld_from(ANYBODY)
        last = published().first()
        size = last.size if last is not None else 0
        lines = _events(size if held_back else _leaves(), kept.events)
        files = {"events.jsonl": _write(folder / "events.jsonl", lines)}
        for model in tracked_models():
            name = f"rows/{model._meta.db_table}.jsonl"
            files[name] = _write(folder / name, _rows(model, kept))
        for checkpoint in published().order_by("size").iterator():
            (folder / "checkpoints" / f"{checkpoint.size:012}.note").write_text(checkpoint.note)
        manifest = _manifest({name: digest for name, (digest, _count) in files.items()})
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    (folder / "verify.py").write_text(verifier())
    events = files.pop("events.jsonl")[1]
    return Exported(events, size, sum(count for _digest, count in files.values()), held_back)


@command(Verb.EXPORT_MADE)
def note_export(*, actor: Actor, exported: Exported) -> Event:
    """Somebody took an export away."""
    return record(data={"events": exported.events, "sealed": exported.sealed, "rows": exported.rows})


def verifier(checks: ModuleType = verifying, of: str = "an export") -> str:
    """verify.py: the pure modules in one file, in the order they need each other. `checks`: the last of them."""
    parts = [
        Path(str(module.__file__)).read_text()
        for module in (digests, disclosures, merkle, notes, evidence, blanks, entry_proofs, reading, checks)
    ]
    future = "from __future__ import annotations\n"
    code = "\n\n".join(part.replace(future, "") for part in parts)
    code = re.sub(r"^from (audit|core)\.\w+ import .*\n", "", code, flags=re.MULTILINE)
    return (
        "#!/usr/bin/env python3\n"
        f'"""Verifies {of} of Emeritus offline, with Python\'s standard library alone: python verify.py FOLDER"""\n'
        f"{future}\n{code}"
    )


def _manifest(files: dict[str, str]) -> dict[str, Any]:
    return {
        "form": 1,
        "made_at": clock.now().isoformat(),
        **({"held_back": HELD_BACK} if held_back_since() else {}),
        "keys": keys_told(),
        "epoch_starts": _epoch_starts(),
        "tables": {
            model._meta.db_table: {
                "history": model.history.model._meta.db_table,
                "key": str(model._meta.pk.column),
            }
            for model in tracked_models()
        },
        "redactions": redactions_told(
            Redaction.objects.filter(state=RedactionState.CARRIED_OUT).order_by("confirmed_at")
        ),
        "files": files,
    }


def redactions_told(carried_out: Iterable[Redaction]) -> list[dict[str, Any]]:
    """What was redacted, for a manifest: per table the digest of what was left, by number of version or event."""
    return [
        {"table": table, "versions": left}
        for redaction in carried_out
        for table, left in redaction.left.items()
    ]


def keys_told() -> list[dict[str, str | None]]:
    """The log's keys for a manifest, oldest first, each with the signature of the one before it."""
    return [
        {"key": key.verifier_key, "signature": b64encode(key.signature).decode() if key.signature else None}
        for key in SigningKey.objects.order_by("pk")
    ]


def _epoch_starts() -> list[int]:
    """The sizes at which the log began to live in another cluster."""
    starts, before, epoch = [], 0, None
    for checkpoint in published().order_by("size").only("size", "epoch").iterator():
        if checkpoint.epoch != epoch:
            starts.append(before)
        before, epoch = checkpoint.size, checkpoint.epoch
    return starts


def _write(path: Path, lines: Iterator[str]) -> tuple[str, int]:
    digest, count = sha256(), 0
    with path.open("wb") as file:
        for line in lines:
            data = line.encode() + b"\n"
            digest.update(data)
            file.write(data)
            count += 1
    return digest.hexdigest(), count


def _leaves() -> int:
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _events(size: int, hidden: frozenset[int]) -> Iterator[str]:
    """The first `size` sealed events in the order of their leaves, then the others, by number, without the hidden."""
    table, leaves = Event._meta.db_table, Leaf._meta.db_table
    for start in range(0, size, PIECE):
        yield from _pieces(
            f"select l.index, l.hash, {COLUMNS} from {leaves} l join {table} e on e.number = l.event_id"
            " where l.index >= %s and l.index < %s order by l.index",
            [start, min(start + PIECE, size)],
        )
    after = -1
    while True:
        last = after
        for line, number in _numbered(
            f"select null, null, {COLUMNS} from {table} e where e.number > %s and e.number <> all(%s) and not exists"
            f" (select 1 from {leaves} l where l.event_id = e.number and l.index < %s)"
            f" order by e.number limit {PIECE}",
            [after, list(hidden), size],
        ):
            yield line
            after = number
        if after == last:
            return


def _pieces(query: str, values: list[Any]) -> Iterator[str]:
    return (line for line, _number in _numbered(query, values))


def _numbered(query: str, values: list[Any]) -> Iterator[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchall()
    if not found:
        return
    numbers = [row[2] for row in found]
    versions = versions_written("between %s and %s", [min(numbers), max(numbers)])
    for row in found:
        yield json.dumps(entry(row, versions), ensure_ascii=False, separators=(",", ":")), row[2]


def entry(row: tuple[Any, ...], versions: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    """One event as a verifier reads it: index and hash of its leaf, then COLUMNS."""
    index, leaf, number, salt, digest, text = row
    return {
        "index": index,
        "leaf": bytes(leaf).hex() if leaf is not None else None,
        "number": number,
        "salt": str(salt),
        "digest": bytes(digest).hex(),
        "record": text,
        "versions": versions.get(number, []),
    }


def versions_written(condition: str, values: list[Any]) -> dict[int, list[dict[str, Any]]]:
    """The versions written by the events whose numbers meet a condition, per event, as a verifier reads them."""
    tables = [model.history.model._meta.db_table for model in tracked_models()]
    parts = [
        f"select event_id, %s, history_id, salt, version_digest, {_OF_VERSION}"
        f" from {connection.ops.quote_name(table)} h where event_id {condition}"
        for table in tables
    ]
    found: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            " union all ".join(parts) + " order by 1, 2, 3",
            [value for table in tables for value in (table, *values)],
        )
        for event, table, key, salt, digest, text in cursor.fetchall():
            found.setdefault(event, []).append(
                {
                    "table": table,
                    "history_id": key,
                    "salt": str(salt),
                    "digest": bytes(digest).hex(),
                    "record": text,
                }
            )
    return found


def _rows(model: type[TrackedModel], kept: Withheld) -> Iterator[str]:
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    hidden = list(kept.records.get(model._meta.label, ()))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"select {OF_ROW} from {table} t where {key} <> all(%s::uuid[])", [hidden])
        while found := cursor.fetchmany(PIECE):
            for (text,) in found:
                yield text
