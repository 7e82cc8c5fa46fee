"""Reads of the seal: how far it is, and the proof that one event is under it."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Subquery

from audit.evidence import leaf_data
from audit.merkle import Frontier, consistency_ranges, inclusion_ranges
from audit.models import Checkpoint, Event, Leaf, Node, SigningKey
from audit.sealing import LEVELS, versions_written
from core import clock


@dataclass(frozen=True)
class SealState:
    """How far the seal is. `waiting_since`: the oldest event that is not sealed yet; None when all are."""

    checkpoint: Checkpoint | None
    waiting: int
    waiting_since: datetime | None
    lag_seconds: float
    keys: list[str]

    def as_json(self) -> dict[str, Any]:
        last = self.checkpoint
        return {
            "size": last.size if last else 0,
            "root": b64encode(last.root).decode() if last else None,
            "sealed_at": last.at.isoformat() if last else None,
            "epoch": last.epoch if last else None,
            "waiting": self.waiting,
            "lag_seconds": round(self.lag_seconds, 3),
            "keys": self.keys,
            "checkpoint": last.note if last else None,
        }


def seal_state() -> SealState:
    """The last checkpoint, and what waits for the next. Two reads of what is new, none of the whole log."""
    last = Checkpoint.objects.first()
    unsealed = Event.objects.filter(~Exists(Leaf.objects.filter(event_id=OuterRef("number"))))
    if last is not None and last.through_xid is not None:
        unsealed = unsealed.filter(xid__gte=last.through_xid)
    since = unsealed.aggregate(since=Min("at"))["since"]
    lag = (clock.now() - since).total_seconds() if since else 0.0
    keys = list(SigningKey.objects.order_by("pk").values_list("verifier_key", flat=True))
    return SealState(last, unsealed.count() if since else 0, since, max(lag, 0.0), keys)


@dataclass(frozen=True)
class Place:
    """Where an event stands in the tree, and the first checkpoint over it."""

    index: int
    size: int
    at: datetime


def place_of(event: Event) -> Place | None:
    """None while the event is not sealed."""
    over = Checkpoint.objects.filter(size__gt=OuterRef("index")).order_by("size")
    row = (
        Leaf.objects.filter(event_id=event.number)
        .annotate(over=Subquery(over.values("size")[:1]), since=Subquery(over.values("at")[:1]))
        .values_list("index", "over", "since")
        .first()
    )
    return Place(*row) if row is not None and row[1] is not None else None


@dataclass(frozen=True)
class EntryProof:
    """What proves that an event is under a checkpoint: audit.merkle.verify_inclusion takes just this."""

    data: bytes
    index: int
    hashes: list[bytes]
    checkpoint: Checkpoint

    def as_json(self) -> dict[str, Any]:
        return {
            "leaf": self.data.decode(),
            "index": self.index,
            "proof": [b64encode(hashed).decode() for hashed in self.hashes],
            "checkpoint": self.checkpoint.note,
        }


def proof_of(event: Event) -> EntryProof | None:
    """The proof of an event under the last checkpoint; None while it is not sealed."""
    leaf = Leaf.objects.filter(event_id=event.number).first()
    last = Checkpoint.objects.first()
    if leaf is None or last is None or event.digest is None:
        return None
    versions = versions_written(event.number, event.number).get(event.number, [])
    data = leaf_data(event.number, bytes(event.digest), versions)
    hashes = [_subtree(start, end) for start, end in inclusion_ranges(leaf.index, last.size)]
    return EntryProof(data, leaf.index, hashes, last)


def consistency_of(older: Checkpoint, newer: Checkpoint) -> list[bytes]:
    """What proves that the newer tree begins with the older one."""
    return [_subtree(start, end) for start, end in consistency_ranges(older.size, newer.size)]


def _subtree(start: int, end: int) -> bytes:
    """The root over the leaves [start, end), from the roots of the perfect subtrees it consists of."""
    size = end - start
    hashes, first = [], start
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            hashes.append(_perfect(first, level))
            first += 1 << level
    return Frontier(size, hashes).root()


def _perfect(start: int, level: int) -> bytes:
    """The root over the 2**level leaves from `start`: from kept nodes where there are any, else from leaves."""
    kept = max((known for known in LEVELS if known <= level), default=0)
    first, last = start >> kept, (start + (1 << level)) >> kept
    rows = Node.objects.filter(level=kept) if kept else Leaf.objects.all()
    found = rows.filter(index__gte=first, index__lt=last).order_by("index").values_list("hash", flat=True)
    frontier = Frontier()
    for hashed in found:
        frontier.append(bytes(hashed))
    return frontier.root()
