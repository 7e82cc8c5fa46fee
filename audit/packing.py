"""An evidence pack: a record, all that belongs to it, every version and entry it rests on, each with its proof.

A zip that verifies itself offline (verifying_pack.py). Written by a command: taking it away is an event, which the
pack names by its number. What its maker may not know of is not in it.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection
from django.db.models import Q

from audit import policies, verifying_pack
from audit.belonging import belonging_to
from audit.commands import command, record
from audit.events import Verb
from audit.exporting import COLUMNS, OF_ROW, entry, keys_told, redactions_told, verifier, versions_written
from audit.integrity import Prover
from audit.models import Checkpoint, Event, Redaction, TrackedModel
from audit.publishing import published
from audit.registry import describe
from audit.states import RedactionState
from audit.taking import as_csv, told
from audit.withholding import may_see, withheld_from
from core import clock
from core.errors import NotFound
from core.policies import Actor, require

PIECE = 500
"""Entries read at a time."""
IN_MEMORY = 8 << 20
"""Bytes of a zip before it goes to a temporary file."""

Members = dict[type[TrackedModel], list[TrackedModel]]


@dataclass(frozen=True)
class Pack:
    """A finished pack: the zip, at its beginning, and what a file of it is called."""

    file: IO[bytes]
    name: str
    event: Event


@command(Verb.PACK_MADE)
def make_pack(*, actor: Actor, row: TrackedModel) -> Pack:
    """Make the evidence pack of a record. NotFound: the actor may not know of it."""
    require(policies.may_browse_timeline(actor))
    kept = withheld_from(actor)
    if not may_see(actor, row, kept):
        raise NotFound("There is no such record.")
    members = belonging_to(row, actor, kept)
    numbers = _numbers(members, kept.events)
    if redactions := _redactions(members, numbers):
        members.setdefault(Redaction, []).extend(redactions)
        numbers = _numbers(members, kept.events)
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  given away open
    checkpoint = published().first()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        written = _Archive(archive)
        with connection.cursor() as cursor:
            cursor.execute("set local timezone = 'UTC'")
        written.add("entries.jsonl", _entries(numbers, members, checkpoint))
        written.add("records.jsonl", _records(members))
        written.add("timeline.csv", as_csv(_timeline(numbers)))
        if checkpoint is not None:
            written.add("checkpoint.note", [checkpoint.note])
        event = record(
            row, data={"entries": len(numbers), "records": _counts(members), "files": written.digests}
        )
        archive.writestr(
            "manifest.json", json.dumps(_manifest(row, event, members, written.digests), indent=2)
        )
        archive.writestr("README.txt", _readme(row))
        archive.writestr("verify.py", verifier(verifying_pack, "an evidence pack"))
    file.seek(0)
    return Pack(file, f"evidence-{row._meta.model_name}-{str(row.pk)[:8]}-{event.number}.zip", event)


class _Archive:
    """Adds files piece by piece and keeps their digests."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.digests: dict[str, str] = {}

    def add(self, name: str, parts: Iterable[str]) -> None:
        digest = sha256()
        with self.archive.open(name, "w") as file:
            for part in parts:
                data = part.encode()
                digest.update(data)
                file.write(data)
        self.digests[name] = digest.hexdigest()


def _redactions(members: Members, numbers: list[int]) -> list[TrackedModel]:
    """What was blanked in these records and entries, by two people: else the verifier would take it for an erasure."""
    keys = [str(row.pk) for rows in members.values() for row in rows]
    keys += [key for rows in members.values() for row in rows for key in _undisclosed_from(row)]
    entries = Q(**{f"copies__{Event._meta.db_table}__has_any_keys": [str(number) for number in numbers]})
    done = Redaction.objects.filter(Q(row_id__in=keys) | entries, state=RedactionState.CARRIED_OUT)
    known = {row.pk for row in members.get(Redaction, [])}
    return [redaction for redaction in done if redaction.pk not in known]


def _undisclosed_from(row: TrackedModel) -> list[str]:
    """The records whose words this one repeated until they were redacted, which need not be in the pack."""
    told = getattr(row, "disclosures", None) or {}
    return [each["of"].split("/")[1] for each in told.values() if "text" not in each]


def _numbers(members: Members, hidden: Iterable[int]) -> list[int]:
    """The entries about these records, those that wrote a version of one, and what these were caused by."""
    found: set[int] = set()
    for model, rows in members.items():
        keys = [str(row.pk) for row in rows]
        about = Event.objects.filter(target_type=model._meta.label, target_id__in=keys).order_by()
        found.update(about.values_list("number", flat=True))
        wrote = model.history.filter(**{f"{model._meta.pk.name}__in": keys}).order_by()
        found.update(wrote.values_list("event_id", flat=True))
    causes = Event.objects.filter(number__in=found, caused_by__isnull=False).order_by()
    found.update(causes.values_list("caused_by_id", flat=True))
    return sorted(found - set(hidden))


def _entries(numbers: list[int], members: Members, checkpoint: Checkpoint | None) -> Iterator[str]:
    """Each entry with its proof under the checkpoint, and its versions: whole where their record is in the pack."""
    inside = {
        model.history.model._meta.db_table: {str(row.pk) for row in rows} for model, rows in members.items()
    }
    keys = {model.history.model._meta.db_table: str(model._meta.pk.column) for model in members}
    prover = Prover(checkpoint) if checkpoint is not None else None
    for some in _pieces(numbers):
        versions = versions_written("= any(%s)", [some])
        for row in _rows(some, checkpoint.size if checkpoint is not None else 0):
            line = entry(row, versions)
            for version in line["versions"]:
                key = keys.get(version["table"])
                if key is None or str(json.loads(version["record"])[key]) not in inside[version["table"]]:
                    del version["record"], version["salt"]
            line["proof"] = None
            if prover is not None and line["index"] is not None:
                line["proof"] = [b64encode(hashed).decode() for hashed in prover.path(line["index"])]
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rows(numbers: list[int], size: int) -> list[tuple[Any, ...]]:
    """`size`: of the checkpoint of the pack; a leaf beyond it is not told."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select l.index, l.hash, {COLUMNS} from audit_event e left join audit_leaf l on l.event_id = e.number"
            " and l.index < %s where e.number = any(%s) order by e.number",
            [size, numbers],
        )
        return list(cursor.fetchall())


def _records(members: Members) -> Iterator[str]:
    """Every record as it stands."""
    for model, rows in members.items():
        table, key = model._meta.db_table, str(model._meta.pk.column)
        quote = connection.ops.quote_name
        for some in _pieces([str(row.pk) for row in rows]):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"select {OF_ROW} from {quote(table)} t where {quote(key)} = any(%s::uuid[]) order by {quote(key)}",
                    [some],
                )
                for (text,) in cursor.fetchall():
                    yield (
                        json.dumps(
                            {"table": table, "record": text}, ensure_ascii=False, separators=(",", ":")
                        )
                        + "\n"
                    )


def _timeline(numbers: list[int]) -> Iterator[dict[str, Any]]:
    for some in _pieces(numbers):
        yield from told(list(Event.objects.filter(number__in=some).order_by("number")))


def _pieces(items: list[Any]) -> Iterator[list[Any]]:
    return (items[at : at + PIECE] for at in range(0, len(items), PIECE))


def _counts(members: Members) -> dict[str, int]:
    return {model._meta.label: len(rows) for model, rows in members.items()}


def _manifest(row: TrackedModel, event: Event, members: Members, files: dict[str, str]) -> dict[str, Any]:
    return {
        "form": "evidence pack 1",
        "of": {"kind": row._meta.label, "id": str(row.pk), "name": describe.get(row._meta.label).label(row)},
        "made": {"at": clock.now().isoformat(), "by": event.actor_name, "entry": event.number},
        "keys": keys_told(),
        "tables": {
            model._meta.db_table: {
                "history": model.history.model._meta.db_table,
                "key": str(model._meta.pk.column),
                "kind": model._meta.label,
            }
            for model in members
        },
        "redactions": redactions_told(
            redaction
            for redaction in members.get(Redaction, [])
            if isinstance(redaction, Redaction) and redaction.state == RedactionState.CARRIED_OUT
        ),
        "files": files,
    }


def _readme(row: TrackedModel) -> str:
    return (
        f"Evidence about: {row._meta.verbose_name} {describe.get(row._meta.label).label(row)}\n\n"
        "Verify it, without a network, with Python 3.11 or later and nothing else:\n\n"
        "    python verify.py .\n\n"
        "entries.jsonl    every act on these records: who, what, when, why, the versions it wrote, its proof of entry\n"
        "records.jsonl    the records as they stood when the pack was made\n"
        "timeline.csv     the acts for reading, oldest first\n"
        "checkpoint.note  the signed checkpoint that the proofs lead to; compare it with the one at /transparency/\n"
        "manifest.json    what is in here, with SHA-256 digests, and the keys of the log\n\n"
        "What the pack cannot show: that it is all there is about these records. An export of the whole log can.\n"
        "A version of a record that is not in the pack stands as its digest alone.\n"
    )
