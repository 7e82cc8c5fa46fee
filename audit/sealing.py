"""The seal: events become leaves of a Merkle tree, and its root is signed (RFC 9162; C2SP checkpoints).

Writers share no lock: they write events, and one sealer at a time appends, some time later, those whose
transactions are over. It is no command: it decides nothing, and an event about it would have to be sealed next.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from audit.evidence import Version
from audit.merkle import Frontier
from audit.models import Checkpoint, Event, Leaf, Node, SigningKey
from audit.notes import Checkpoint as Statement
from audit.notes import Malformed, VerifierKey, opened
from audit.queries import tracked_models
from audit.signing import Signer
from core import clock

BATCH = 50_000
"""Leaves under one checkpoint at most, so that a backlog is worked off in transactions of bearable length."""

LEVELS = (8, 16, 24, 32)
"""Subtrees whose roots are kept: a proof reads at most 255 rows per level."""

_LOCK = 0x5EA1
"""One sealer at a time: a transaction's advisory lock."""


class RefusedToSign(Exception):
    """The tree in the database is not the one that was signed last, or the key is not. Names what is wrong."""


def seal(signer: Signer) -> Checkpoint | None:
    """Append what is ready, at most BATCH events, and sign. None when nothing was, or another sealer is at it.

    RefusedToSign: the last checkpoint does not fit the tree, or another key signed it.
    """
    with transaction.atomic(durable=True):
        if not _alone():
            return None
        last = Checkpoint.objects.first()
        frontier = _frontier_of(last, signer)
        cluster, horizon = _cluster_and_horizon()
        same = last is not None and last.cluster == cluster
        through = last.through_xid if last is not None and same else None
        added, newest = _append(frontier, through)
        if not added:
            return None
        before = last.size if last is not None else 0
        statement = Statement(signer.name, frontier.size, frontier.root(), before)
        complete = added < BATCH
        return Checkpoint.objects.create(
            size=statement.size,
            root=statement.root,
            note=signer.sign(statement),
            frontier=b"".join(frontier.hashes),
            cluster=cluster,
            epoch=last.epoch + (not same) if last is not None else 1,
            through_xid=horizon if complete else newest if through is not None else None,
            at=clock.now(),
        )


def versions_written(low: int, high: int) -> dict[int, list[Version]]:
    """Per event number in [low, high]: table, id and digest of every row version it wrote."""
    tables = [model.history.model._meta.db_table for model in tracked_models()]
    parts = [
        f"select event_id, %s, history_id, version_digest from {connection.ops.quote_name(table)}"
        " where event_id between %s and %s"
        for table in tables
    ]
    found: dict[int, list[Version]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), [value for table in tables for value in (table, low, high)])
        for event, table, key, digest in cursor.fetchall():
            found.setdefault(event, []).append((table, key, bytes(digest)))
    return found


def known_keys() -> list[VerifierKey]:
    """The keys of this log, oldest first."""
    return [VerifierKey.parse(row.verifier_key) for row in SigningKey.objects.all()]


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _frontier_of(last: Checkpoint | None, signer: Signer) -> Frontier:
    """The frontier under the last checkpoint, after it was held against its signature and the leaves."""
    keys = known_keys()
    if not keys or keys[-1] != signer.verifier_key:
        raise RefusedToSign(
            "The key file does not hold this log's key. Rotate it: manage.py audit rotate-key FILE"
        )
    leaves = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    size = 0 if leaves is None else leaves + 1
    if last is None:
        if size:
            raise RefusedToSign(f"There are {size} leaves and no checkpoint.")
        return Frontier()
    try:
        said = opened(last.note, keys)
        hashes = bytes(last.frontier)
        frontier = Frontier(last.size, [hashes[at : at + 32] for at in range(0, len(hashes), 32)])
    except (Malformed, ValueError) as error:
        raise RefusedToSign(
            f"The last checkpoint, of {last.size} leaves, cannot be built on: {error}"
        ) from None
    if (said.size, said.root) != (frontier.size, frontier.root()) or size != frontier.size:
        raise RefusedToSign(f"The tree of {size} leaves is not the one signed last, of {said.size}.")
    return frontier


def _cluster_and_horizon() -> tuple[str, int]:
    """The cluster's identifier; the oldest transaction that may still be running in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select system_identifier::text from pg_control_system()),"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        cluster, horizon = cursor.fetchone()
        return str(cluster), int(horizon)


def _append(frontier: Frontier, through_xid: int | None) -> tuple[int, int]:
    """Give leaves to the events that are ready, at most BATCH. How many, and the last one's transaction.

    Ready are those whose transactions are over and that have no leaf, in the order of their transactions; never
    "number greater than the last": sequences commit out of order. Below the snapshot's xmin nothing can appear any
    more. `through_xid` None: the beginning, or a copy restored elsewhere, where transactions are counted anew and
    tell nothing; then all that can be seen is taken, until nothing is left.
    """
    values = {"through": through_xid, "restored": through_xid is None, "limit": BATCH, "size": frontier.size}
    with connection.cursor() as cursor:
        cursor.execute("set local timezone = 'UTC'; set local work_mem = '64MB'")
        cursor.execute(
            _leaves_of_what_is_ready("" if through_xid is None else "e.xid >= %(through)s and"), values
        )
        count, newest, hashes = cursor.fetchone()
    nodes = []
    for at in range(0, 32 * count, 32):
        completed = frontier.append(hashes[at : at + 32])
        if len(completed) > LEVELS[0]:
            nodes += [
                (level, (frontier.size >> level) - 1, completed[level])
                for level in LEVELS
                if level < len(completed)
            ]
    _copy(Node, ("level", "index", "hash"), ("int2", "int8", "bytea"), nodes)
    return count, newest


def _leaves_of_what_is_ready(since: str) -> str:
    """One statement that makes the leaves, as audit.evidence.leaf_data says, and answers with their hashes in a row.

    Set by set in the database: read and hashed one by one here, a leaf took twice as long.
    """
    quoted = connection.ops.quote_name
    versions = " union all ".join(
        f"select event_id, history_id, version_digest, '{table}' as told from {quoted(table)}"
        " where event_id between (select low from around) and (select high from around)"
        for table in (model.history.model._meta.db_table for model in tracked_models())
    )
    return f"""
        with ready as materialized (
            select e.number, e.xid, coalesce(e.digest, audit_digest(e.salt, to_jsonb(e) - 'digest')) as digest
            from {Event._meta.db_table} e
            where {since} (e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint or %(restored)s)
                and not exists (select 1 from {Leaf._meta.db_table} l where l.event_id = e.number)
            order by e.xid, e.number limit %(limit)s
        ), around as materialized (
            select min(number) as low, max(number) as high from ready
        ), placed as (
            select *, %(size)s + row_number() over (order by xid, number) - 1 as place from ready
        ), written as (
            select event_id, string_agg(E'\\nversion ' || told || ' ' || history_id || ' '
                || encode(version_digest, 'hex'), '' order by told collate "C", history_id) as lines
            from ({versions}) v group by event_id
        ), made as (
            insert into {Leaf._meta.db_table} (index, event_id, hash)
            select place, number, sha256('\\x00'::bytea || convert_to('event ' || number || ' '
                || encode(digest, 'hex') || coalesce(lines, ''), 'UTF8'))
            from placed left join written on event_id = number order by place
            returning index, hash
        )
        select count(*), (select xid from placed order by place desc limit 1), string_agg(hash, '' order by index)
        from made"""


def _copy(model: Any, columns: Iterable[str], types: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows by COPY, the quickest way in."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {model._meta.db_table} ({names}) from stdin (format binary)") as copy,
    ):
        copy.set_types(list(types))
        for row in rows:
            copy.write_row(row)


def seal_all(signer: Signer) -> Iterator[Checkpoint]:
    """Seal until nothing is ready any more."""
    while (made := seal(signer)) is not None:
        yield made
