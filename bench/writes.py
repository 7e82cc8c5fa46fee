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


def contenders() -> dict[str, Callable[[], object]]:
    """By name. The references save a row they hold already; ours also locks and reads it, as it must."""
    tracked = TrackedBook.objects.get()
    return {
        "simple-history save": partial(_save, HistoricBook.objects.get()),
        "plain save": partial(_save, PlainBook.objects.get()),
        "django-auditlog": partial(_save, LoggedBook.objects.get()),
        "django-reversion": partial(_save_revision, VersionedBook.objects.get()),
        "Emeritus command": lambda: move_book(actor=READER, book_id=tracked.pk, place=next(_numbers)),
    }


def _save(book: Book) -> None:
    with transaction.atomic():
        book.place = next(_numbers)
        book.save()


def _save_revision(book: Any) -> None:
    with transaction.atomic(), reversion.create_revision():
        book.place = next(_numbers)
        book.save()
