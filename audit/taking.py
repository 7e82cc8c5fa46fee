"""What an auditor takes away: the timeline as a file, a restricted record read. Each is an event.

Not here: an export of the whole log (exporting.py), an evidence pack (packing.py).
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC
from typing import Any

from audit import policies
from audit.commands import command, record
from audit.events import Verb
from audit.integrity import standing_of
from audit.models import Event, TrackedModel
from audit.timeline import Filters, everything
from core.policies import Actor, require

COLUMNS = (
    "number", "at", "actor", "actor_id", "roles", "on_behalf_of", "verb", "outcome", "kind", "record_id", "record",
    "reason", "data", "origin", "reference", "caused_by", "digest", "leaf", "checkpoint",
)  # fmt: skip
PIECE = 500
"""Events looked up at a time: the size of a file does not matter."""


@command(Verb.TIMELINE_EXPORTED)
def export_timeline(*, actor: Actor, filters: Filters, form: str) -> Event:
    """Note that somebody takes the timeline away, as far as it matches and as it stands before this very event."""
    require(policies.may_browse_timeline(actor))
    asked = {name: str(value) for name, value in asdict(filters).items() if value}
    return record(data={"form": form, "filters": asked})


@command(Verb.RECORD_READ)
def note_reading(*, actor: Actor, row: TrackedModel, page: str) -> Event:
    """Somebody read a restricted record."""
    require(policies.may_browse_timeline(actor))
    return record(row, data={"page": page})


def lines(viewer: Actor, filters: Filters, noted: Event, form: str) -> Iterator[str]:
    """The file: "csv" or "jsonl", newest first, streamed by key."""
    rows = _rows(viewer, replace(filters, before=noted.number))
    if form == "jsonl":
        return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return as_csv(rows)


def as_csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Rows of the timeline as CSV, its heading first."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([neutral(row[name]) for name in COLUMNS])


def neutral(value: Any) -> str:
    """A value that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return f"'{text}" if text.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%") else text


def told(events: list[Event]) -> Iterator[dict[str, Any]]:
    """Events as rows of the file, with where each stands in the seal."""
    standing = standing_of(event.number for event in events)
    for event in events:
        place = standing[event.number]
        yield {
            "number": event.number,
            "at": event.at.astimezone(UTC).isoformat() if event.at else None,
            "actor": event.actor_name,
            "actor_id": str(event.actor_id) if event.actor_id else None,
            "roles": event.actor_roles,
            "on_behalf_of": event.on_behalf_of_name or None,
            "verb": event.verb,
            "outcome": event.outcome,
            "kind": event.target_type,
            "record_id": event.target_id,
            "record": event.target_label,
            "reason": event.reason,
            "data": event.data,
            "origin": event.origin,
            "reference": event.reference,
            "caused_by": event.caused_by_id,
            "digest": bytes(event.digest).hex() if event.digest else None,
            "leaf": place.index,
            "checkpoint": place.size,
        }


def _rows(viewer: Actor, filters: Filters) -> Iterator[dict[str, Any]]:
    some: list[Event] = []
    for event in everything(viewer, filters, piece=PIECE):
        some.append(event)
        if len(some) == PIECE:
            yield from told(some)
            some = []
    yield from told(some)


class _Echo:
    """What csv writes to: each line is given back."""

    def write(self, line: str) -> str:
        return line
