"""Databases with so many events and versions, in the form that commands give them, made by sets.

The tables' owner writes them with the guards off, and takes digests with the guards' own functions; that such rows
cannot be told from those of commands is shown by `manage.py audit verify` on an export of them (verifying.py).
One book has nine tenths of all versions; the other books have five each. The stock tables get the same rows.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from audit.commands import opening, record
from audit.keys import adopt_key
from audit.sealing import seal_all
from audit.signing import Signer
from audit.tasks import SEALER
from bench.shelf.models import HistoricBook, TrackedBook
from config import demo

SMALL, HUNDREDTH, MILLION = 10_000, 100_000, 1_000_000
BOOK = UUID(int=0xB00C)
"""The book with nine tenths of all versions."""

Connection = psycopg.Connection[tuple[Any, ...]]
STATEMENTS = (Path(__file__).parent / "rows.sql").read_text().split(";\n")
TABLES = (
    "audit_event",
    TrackedBook._meta.db_table,
    TrackedBook.history.model._meta.db_table,
    HistoricBook._meta.db_table,
    HistoricBook.history.model._meta.db_table,
)
PIECE = 25_000
HANDS = 2


@dataclass(frozen=True)
class World:
    """A database, and how many events were made in it by sets."""

    name: str
    events: int


def main_database() -> str:
    """The database that the services around us look after."""
    return str(connections["default"].settings_dict["NAME"])


def enter(name: str) -> None:
    """From here on, Django's connection is to this database."""
    connections.close_all()
    connections["default"].settings_dict["NAME"] = name


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Django's connection is to this database meanwhile."""
    usual = main_database()
    enter(name)
    try:
        yield
    finally:
        enter(usual)


@contextmanager
def worlds(signer: Signer, *sizes: int) -> Iterator[list[World]]:
    """A world per size, gone afterwards. They are this process's own: no worker seals them."""
    usual, base = main_database(), f"{main_database()}_bench"
    made = [World(f"{base}_{size}", size) for size in sizes]
    names = [base, *(world.name for world in made)]
    for name in names:
        _administer("drop database if exists {} with (force)", name)
    try:
        _administer("create database {}", base)
        with inside(base):
            _furnish(signer)
        since = _pass_transactions(base, max(sizes))
        for world in made:
            _administer("create database {} template {} strategy file_copy", world.name, base)
            fill(world, since)
        yield made
    finally:
        enter(usual)
        for name in names:
            _administer("drop database if exists {} with (force)", name)


def connected(name: str) -> Connection:
    """A connection of its own to a database beside ours, each statement for itself."""
    given = connections["default"].settings_dict
    return psycopg.connect(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname=name,
        autocommit=True,
    )


def _administer(statement: str, *names: str) -> None:
    with connected("postgres") as there:
        there.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _furnish(signer: Signer) -> None:
    """The tables, the people of the demonstration, some books by commands, and a first seal over all that."""
    call_command("migrate", verbosity=0)
    demo.ensure_people()
    for number in range(20):
        with opening("shelf.book.moved", demo.actor("archivist")):
            record(TrackedBook.objects.create(title=f"Book made by hand {number}"), data={"place": number})
    adopt_key(actor=SEALER, key=signer.verifier_key)
    for _ in seal_all(signer):
        pass


def _pass_transactions(name: str, count: int) -> int:
    """Let the cluster count so many transactions, so that each event can have one of its own. The first of them."""
    with connected(name) as there:
        row = there.execute("select pg_current_xact_id()::text::bigint").fetchone()
        there.execute("set synchronous_commit = off")
        there.execute(
            f"do $$ begin for i in 1 .. {count} loop perform pg_current_xact_id(); commit; end loop; end $$"
        )
    assert row is not None
    return int(str(row[0])) + 1


def fill(world: World, since: int) -> None:
    """The rows of a world, by several hands; then vacuum and analyse, as autovacuum would in time."""
    with inside(world.name), connected(world.name) as owner:
        values = {"total": world.events, "since": since, "book": str(BOOK), **_starts(owner)}
        with _unguarded(owner), _unindexed(owner):
            _by_hands(world, values)
            owner.execute(NEWEST)
        for table in TABLES:
            owner.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier(table)))


# Every book as its newest version says, as both tables have it.
NEWEST = """
insert into shelf_trackedbook (id, title, shelf, place, lent, due, note, signed_by)
select distinct on (h.id) h.id, h.title, h.shelf, h.place, h.lent, h.due, h.note, h.signed_by
from shelf_historicaltrackedbook h where not exists (select 1 from shelf_trackedbook t where t.id = h.id)
order by h.id, h.history_id desc;
insert into shelf_historicbook (id, title, shelf, place, lent, due, note, signed_by)
select distinct on (h.id) h.id, h.title, h.shelf, h.place, h.lent, h.due, h.note, h.signed_by
from shelf_historicalhistoricbook h order by h.id, h.history_id desc;
select setval('audit_event_number_seq', (select max(number) from audit_event)),
       setval('shelf_historicaltrackedbook_history_id_seq', (select max(history_id) from shelf_historicaltrackedbook))
"""


def _starts(owner: Connection) -> dict[str, Any]:
    """Where the numbers, versions and times of the rows go on from."""
    row = owner.execute(
        "select (select max(number) from audit_event), (select max(history_id) from shelf_historicaltrackedbook),"
        " (select max(at) from audit_event)"
    ).fetchone()
    assert row is not None
    return dict(zip(("number", "version", "at"), row, strict=True))


def _by_hands(world: World, values: dict[str, Any]) -> None:
    """Two connections share the pieces, one per core."""

    def work(hand: int) -> None:
        with connected(world.name) as there:
            there.execute("set timezone = 'UTC'; set synchronous_commit = off")
            for first in range(1 + hand * PIECE, world.events + 1, HANDS * PIECE):
                last = min(first + PIECE - 1, world.events)
                with there.transaction():
                    for statement in STATEMENTS:
                        there.execute(statement, {**values, "first": first, "last": last})

    with ThreadPoolExecutor(HANDS) as hands:
        for _ in hands.map(work, range(HANDS)):
            pass


@contextmanager
def _unguarded(owner: Connection) -> Iterator[None]:
    """Without triggers on the tables, as only their owner can; afterwards they fire always, as before."""
    found = owner.execute(
        "select tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal"
        " and tgrelid = any(%s::regclass[])",
        [list(TABLES)],
    ).fetchall()
    for table, name in found:
        owner.execute(f"alter table {table} disable trigger {name}")
    yield
    for table, name in found:
        owner.execute(f"alter table {table} enable always trigger {name}")


@contextmanager
def _unindexed(owner: Connection) -> Iterator[None]:
    """Without the indexes that hold no constraint: made afterwards they cost a third."""
    found = owner.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid = any(%s::regclass[]) and not i.indisunique",
        [list(TABLES)],
    ).fetchall()
    for name, _definition in found:
        owner.execute(f"drop index {name}")
    yield
    owner.execute("set maintenance_work_mem = '256MB'")
    for _name, definition in found:
        owner.execute(definition)
