"""Sixteen writers at once, beside the same commands under a hash chain; how far the seal lags behind them meanwhile."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, connections

from audit.commands import command, locked, record
from audit.sealing import seal_all
from audit.signing import Signer
from audit.testing import recorded
from bench import rounds
from bench.million import worlds
from bench.million.worlds import World
from bench.shelf.models import ChainHead, TrackedBook
from bench.writes import READER, move_book
from config.celery import app
from core.policies import Actor

WRITERS, ROUNDS, SECONDS = 16, 3, 6.0
PERIOD = float(app.conf.beat_schedule["seal"]["schedule"])
_FORK = multiprocessing.get_context("fork")


@command("bench.book.moved")
def move_book_in_chain(*, actor: Actor, book_id: UUID, place: int) -> TrackedBook:
    """The reference: the same, and its event is chained to the one before.

    The chain's head is locked as late as it can be, when all but the event is written, and held until the commit.
    """
    book = locked(TrackedBook, book_id)
    book.place = place
    book.save()
    event = record(book, data={"place": place})
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {ChainHead._meta.db_table} set size = size + 1, head = sha256(head || convert_to(%s, 'UTF8'))",
            [f"{event.number} {event.verb} {event.target_id} {place}"],
        )
    return book


def measured(world: World, signer: Signer) -> list[dict[str, Any]]:
    """Seconds per command of all writers together; the seal's greatest lag in periods."""
    with worlds.inside(world.name):
        with recorded():
            books = [TrackedBook.objects.create(title=f"Writer {number}").pk for number in range(WRITERS)]
        ChainHead.objects.create()
        newest = connection.cursor().execute("select max(number) from audit_event").fetchone()
        connections.close_all()
        taken: dict[str, list[float]] = {"ours": [], "chain": []}
        with _sealer(signer), ProcessPoolExecutor(WRITERS, _FORK) as writers:
            for number in range(ROUNDS + 1):
                for name, move in (("ours", move_book), ("chain", move_book_in_chain)):
                    seconds = _seconds_per_command(writers, move, books)
                    if number:  # the first round warms up
                        taken[name].append(seconds)
            time.sleep(2 * PERIOD)
        lag = _greatest_lag(newest[0])
    ours, chain = (statistics.median(taken[name]) for name in ("ours", "chain"))
    figure = (
        f"{WRITERS} writers at once: a command every {ours * 1e6:.0f} µs, chained every {chain * 1e6:.0f} µs"
    )
    return [
        rounds.row(
            figure, ours, over=chain, reference="the same commands, their events a hash chain", bar=1 / 3
        ),
        rounds.row(
            f"longest wait for the seal meanwhile: {lag:.1f} s",
            lag,
            over=PERIOD,
            reference=f"the period of sealing, {PERIOD:.0f} s",
            bar=2.0,
        ),
    ]


def _seconds_per_command(
    writers: ProcessPoolExecutor, move: Callable[..., object], books: list[UUID]
) -> float:
    until = time.time() + SECONDS
    counts: list[Future[int]] = [writers.submit(_write, move, book, until) for book in books]
    return SECONDS / sum(count.result() for count in counts)


def _write(move: Callable[..., object], book: UUID, until: float) -> int:
    """One command after the other until the time is up; how many."""
    count = 0
    while time.time() < until:
        count += 1
        move(actor=READER, book_id=book, place=count)
    return count


@contextmanager
def _sealer(signer: Signer) -> Iterator[None]:
    """A process that seals as often as the scheduler has it done."""
    stop = _FORK.Event()

    def seal() -> None:
        while not stop.wait(PERIOD):
            list(seal_all(signer))

    process = _FORK.Process(target=seal)
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join()


def _greatest_lag(since: int) -> float:
    """Seconds between an event and the checkpoint over it, at most. RuntimeError: some event has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select extract(epoch from max(c.at - e.at)), count(*) filter (where c.at is null)"
            " from audit_event e left join audit_leaf l on l.event_id = e.number left join lateral"
            " (select at from audit_checkpoint where size > l.index order by size limit 1) c on true"
            " where e.number > %s",
            [since],
        )
        lag, waiting = cursor.fetchone()
    if waiting:
        raise RuntimeError(f"{waiting} events were not sealed")
    return float(lag)
