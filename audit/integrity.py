"""Reads of the seal: how far it is, and the proof that one event is under it."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Min, Q, SmallIntegerField, Value

from audit.catalogue import not_sealed
from audit.evidence import leaf_data
from audit.merkle import Frontier, consistency_ranges, inclusion_ranges, leaf_hash, verify_inclusion
from audit.models import Checkpoint, Event, Leaf, Node, Redaction, SigningKey
from audit.notes import Malformed, opened
from audit.publishing import held_back_since, published, published_size
from audit.queries import tracked_models
from audit.sealing import LEVELS, known_keys
from audit.states import RedactionState
from core import clock


@dataclass(frozen=True)
class SealState:
    """How far the seal is. `waiting_since`: the oldest event that is not sealed yet; None when all are.

    `held_back`: newer checkpoints are not published for now, and nothing of what waits is told.
    """

    checkpoint: Checkpoint | None
    waiting: int
    waiting_since: datetime | None
    lag_seconds: float
    keys: list[str]
    held_back: bool = False

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
    unsealed = not_sealed()
    since = unsealed.aggregate(since=Min("at"))["since"]
    lag = (clock.now() - since).total_seconds() if since else 0.0
    keys = list(SigningKey.objects.order_by("pk").values_list("verifier_key", flat=True))
    return SealState(last, unsealed.count() if since else 0, since, max(lag, 0.0), keys)


def state_told() -> SealState:
    """The seal as everybody may know it: `seal_state`, unless something is held back."""
    if not held_back_since():
        return seal_state()
    keys = list(SigningKey.objects.order_by("pk").values_list("verifier_key", flat=True))
    return SealState(published().first(), 0, None, 0.0, keys, held_back=True)


@dataclass(frozen=True)
class Standing:
    """Whether an event is sealed, and whether what is recorded is what was sealed.

    `index`: its leaf, None while it waits or no checkpoint over it is published; `size` and `at`: the first
    checkpoint over it. `intact`: the event and
    every version it wrote still give their digests, and these the leaf. None when that was not looked at.
    `held_back`: its seal is not told before a secret vote closes. `altered`: some of it no longer gives its digest,
    as after a redaction. `data`: what its leaf commits to; `note`: the text of that checkpoint.
    """

    number: int
    index: int | None
    size: int | None
    at: datetime | None
    intact: bool | None
    held_back: bool = False
    altered: bool = False
    data: bytes = b""
    note: str = ""

    @property
    def sealed(self) -> bool:
        return self.index is not None and self.size is not None


def standing_of(numbers: Iterable[int]) -> dict[int, Standing]:
    """Where each of some events stands. Two queries, however many."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    held_back = bool(held_back_since())
    rows = _places(wanted, published_size() if held_back else None)
    written = digests_of(wanted)
    events = Event._meta.db_table
    changed = [(events, number) for number, kept, now, *_ in rows if now is not None and kept != now]
    left = left_by_redactions(changed)
    found = {}
    for number, digest, digest_now, index, hashed, size, at, note in rows:
        versions = written.get(number, [])
        told = [(version.table, version.key, version.digest) for version in versions]
        data = leaf_data(number, bytes(digest), told) if digest is not None else b""
        fits = digest_now is None or digest == digest_now or left.get((events, number)) == digest_now.hex()
        fits = fits and all(version.fits for version in versions)
        if index is not None:
            fits = fits and leaf_hash(data) == bytes(hashed)
        altered = digest_now not in (None, digest) or any(version.altered for version in versions)
        hidden = held_back and size is None
        found[number] = Standing(number, index, size, at, fits, hidden, altered, data, note or "")
    return found


def is_sealed(event: Event) -> bool:
    """Whether an event is under a checkpoint, published or not."""
    leaf = Leaf.objects.filter(event_id=event.number).first()
    return leaf is not None and Checkpoint.objects.filter(size__gt=leaf.index).exists()


def _places(numbers: list[int], size: int | None) -> list[tuple[Any, ...]]:
    """Digests and places in the seal; `size`: of the last published checkpoint, where later leaves are not told."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"numbers": numbers, "size": size})
        return list(cursor.fetchall())


_STANDING = """
select e.number, coalesce(e.digest, audit_digest(e.salt, to_jsonb(e) - 'digest')),
       audit_digest(e.salt, to_jsonb(e) - 'digest'), l.index, l.hash, c.size, c.at, c.note
from audit_event e
left join audit_leaf l on l.event_id = e.number and (%(size)s::bigint is null or l.index < %(size)s)
left join lateral (select size, at, note from audit_checkpoint where size > l.index order by size limit 1) c on true
where e.number = any(%(numbers)s)
"""


@dataclass(frozen=True)
class WrittenDigest:
    """The digest of one version, as kept.

    `fits`: its record still gives it, or is what a redaction left of it; `altered`: it no longer gives it.
    """

    table: str
    key: int
    digest: bytes
    fits: bool
    altered: bool


def digests_of(numbers: Iterable[int]) -> dict[int, list[WrittenDigest]]:
    """Per event the digests of the versions it wrote, each held against its record. One query."""
    wanted = list(numbers)
    tables = [model.history.model._meta.db_table for model in tracked_models()]
    parts = [
        "select event_id, %s, history_id, version_digest, audit_digest(salt, to_jsonb(h))"
        f" from {connection.ops.quote_name(table)} h where event_id = any(%s)"
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), [value for table in tables for value in (table, wanted)])
        rows = [
            (event, table, key, bytes(kept), bytes(now)) for event, table, key, kept, now in cursor.fetchall()
        ]
    left = left_by_redactions([(table, key) for _event, table, key, kept, now in rows if kept != now])
    found: dict[int, list[WrittenDigest]] = {}
    for event, table, key, kept, now in rows:
        fits = kept == now or left.get((table, key)) == now.hex()
        found.setdefault(event, []).append(WrittenDigest(table, key, kept, fits, kept != now))
    return found


def left_by_redactions(changed: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Of versions and events that no longer give their digest: which they should give since they were redacted."""
    found: dict[tuple[str, int], str] = {}
    for table, key in changed:
        of_it = Q(history_table=table, versions__has_key=str(key)) | Q(
            **{f"copies__{table}__has_key": str(key)}
        )
        done = Redaction.objects.filter(of_it, state=RedactionState.CARRIED_OUT).order_by("-confirmed_at")
        if (newest := done.first()) is not None:
            found[table, key] = newest.left[table][str(key)]
    return found


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


class Prover:
    """Proofs of several events under one checkpoint: what they share is read once."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self._known: dict[tuple[int, int], bytes] = {}
        self._hashes: dict[tuple[int, int], bytes] = {}
        self._blocks: set[tuple[int, int, int]] = set()

    def path(self, index: int) -> list[bytes]:
        """The hashes from the leaf up to the root. One query, or none where all was read for another path."""
        ranges = inclusion_ranges(index, self.checkpoint.size)
        self._read([piece for start, end in ranges for piece in _perfect_subtrees(start, end)])
        return [self.subtree(start, end) for start, end in ranges]

    def subtree(self, start: int, end: int) -> bytes:
        """The root over the leaves [start, end), from the roots of the perfect subtrees it consists of."""
        if (start, end) not in self._known:
            pieces = _perfect_subtrees(start, end)
            self._read(pieces)
            self._known[start, end] = Frontier(
                end - start, [self._perfect(*piece) for piece in pieces]
            ).root()
        return self._known[start, end]

    def _perfect(self, start: int, level: int) -> bytes:
        """The root over the 2**level leaves from `start`, which were read."""
        kept, first, last = _stored(start, level)
        frontier = Frontier()
        for place in range(first, last):
            frontier.append(self._hashes[kept, place])
        return frontier.root()

    def _read(self, pieces: Iterable[tuple[int, int]]) -> None:
        """What is kept of these subtrees and was not read before, in one query."""
        wanted = {_block(*_stored(*piece)) for piece in pieces} - self._blocks
        if not wanted:
            return
        self._blocks |= wanted
        leaves, nodes = Q(pk__in=[]), Q(pk__in=[])
        for kept, first, last in wanted:
            if kept:
                nodes |= Q(level=kept, index__gte=first, index__lt=last)
            else:
                leaves |= Q(index__gte=first, index__lt=last)
        rows = Node.objects.filter(nodes).order_by().values_list("level", "index", "hash")
        level = Value(0, SmallIntegerField())
        below = Leaf.objects.filter(leaves).order_by().values_list(level, "index", "hash")
        for kept, place, hashed in rows.union(below, all=True):
            self._hashes[kept, place] = bytes(hashed)


def _perfect_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The perfect subtrees that the leaves [start, end) consist of, each by its first leaf and its level."""
    size, pieces = end - start, []
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            pieces.append((start, level))
            start += 1 << level
    return pieces


def _stored(start: int, level: int) -> tuple[int, int, int]:
    """From what a perfect subtree is worked out: a kept level, 0 for leaves, and the places [first, last) there."""
    kept = max((known for known in LEVELS if known <= level), default=0)
    return kept, start >> kept, (start + (1 << level)) >> kept


def _block(kept: int, first: int, last: int) -> tuple[int, int, int]:
    """Leaves are read with all under the lowest kept subtree, since the next piece wants some of them too."""
    width = 1 << LEVELS[0]
    return (kept, first, last) if kept else (0, first // width * width, (first // width + 1) * width)


def proof_of(event: Event) -> EntryProof | None:
    """The proof of an event under the last published checkpoint; None while it is not under it."""
    standing, last = standing_of([event.number])[event.number], published().first()
    return proof_under(last, standing) if last is not None and standing.sealed else None


def is_proved_where_sealed(standing: Standing) -> bool:
    """Whether a sealed event's leaf leads to the root of the checkpoint that it was sealed in. Two queries."""
    assert standing.size is not None
    return is_proved(proof_under(Checkpoint(size=standing.size, note=standing.note), standing))


def proof_under(checkpoint: Checkpoint, standing: Standing) -> EntryProof:
    """The proof of a sealed event under its checkpoint, or any later one."""
    assert standing.index is not None
    return EntryProof(standing.data, standing.index, Prover(checkpoint).path(standing.index), checkpoint)


def is_proved(proof: EntryProof) -> bool:
    """Whether the leaf is under the root, and a key of this log signed the root."""
    try:
        said = opened(proof.checkpoint.note, known_keys())
    except Malformed:
        return False
    hashed = leaf_hash(proof.data)
    return verify_inclusion(hashed, proof.index, said.size, proof.hashes, said.root)


def consistency_of(older: Checkpoint, newer: Checkpoint) -> list[bytes]:
    """What proves that the newer tree begins with the older one."""
    prover = Prover(newer)
    return [prover.subtree(start, end) for start, end in consistency_ranges(older.size, newer.size)]
