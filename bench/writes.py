"""One row changed, under each way of keeping its history."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import reversion
from django.core.management import call_command
from django.db import transaction

from audit.commands import command, locked, record
from audit.testing import recorded
from bench import rounds
from bench.shelf.models import Book, HistoricBook, LoggedBook, PlainBook, TrackedBook, VersionedBook
from core.policies import Actor, Process

READER = Process("Bench")
_numbers = itertools.count(1)


def set_up() -> None:
    """Migrate, and one row each."""
    call_command("migrate", verbosity=0)
    for model in (PlainBook, HistoricBook, LoggedBook, VersionedBook):
        model.objects.get_or_create(title="Book")
    if not TrackedBook.objects.exists():
        with recorded():
            TrackedBook(title="Book").save()


@command("bench.book.moved")
def move_book(*, actor: Actor, book_id: UUID, place: int) -> TrackedBook:
    """What every command of the product does: lock, change, record."""
    book = locked(TrackedBook, book_id)
    book.place = place
    book.save()
    record(book, data={"place": place})
    return book


REFERENCE, LOCKING, OURS = (
    "simple-history save",
    "simple-history save, its row locked and read first",
    "Emeritus command",
)


BARS = {REFERENCE: 2.5, LOCKING: 2.0}


def measured() -> list[dict[str, Any]]:
    """A row per way of keeping history; ours also against the reference that locks its row, as a command must."""
    set_up()
    seconds = rounds.median_seconds(contenders(), rounds=9, each=100, warm=10)
    rows = [_row(name, seconds, over=REFERENCE) for name in seconds]
    return [*rows, _row(OURS, seconds, over=LOCKING)]


def _row(name: str, seconds: dict[str, float], *, over: str) -> dict[str, Any]:
    return {
        **rounds.row(
            f"one-row write: {name}",
            seconds[name],
            over=seconds[over],
            reference=f"django-simple-history: {over}, in a transaction",
            bar=BARS[over] if name == OURS else None,
        ),
        "microseconds": round(seconds[name] * 1e6),
    }


def contenders() -> dict[str, Callable[[], object]]:
    """By name. The references save a row they hold already, but for the one that locks and reads it as ours does."""
    tracked = TrackedBook.objects.get()
    return {
        REFERENCE: partial(_save, HistoricBook.objects.get()),
        LOCKING: partial(_lock_and_save, HistoricBook.objects.get().pk),
        "plain save": partial(_save, PlainBook.objects.get()),
        "django-auditlog": partial(_save, LoggedBook.objects.get()),
        "django-reversion": partial(_save_revision, VersionedBook.objects.get()),
        OURS: lambda: move_book(actor=READER, book_id=tracked.pk, place=next(_numbers)),
    }


def _save(book: Book) -> None:
    with transaction.atomic():
        book.place = next(_numbers)
        book.save()


def _lock_and_save(pk: int) -> None:
    with transaction.atomic():
        book = HistoricBook.objects.select_for_update(no_key=True).get(pk=pk)
        book.place = next(_numbers)
        book.save()


def _save_revision(book: Any) -> None:
    with transaction.atomic(), reversion.create_revision():
        book.place = next(_numbers)
        book.save()
