"""A small sealed log in a database of its own, and how its owner would tamper with it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from accounts.models import Person
from audit.commands import command, locked, record
from audit.exporting import export
from audit.integrity import seal_state
from audit.models import Checkpoint
from audit.sealing import seal_all
from audit.signing import Signer
from audit.tasks import signer_of_this_log
from core.policies import Actor, Process

WRITER = Process("Writer")
VERSIONS = "accounts_historicalperson"


@command("accounts.person.tested")
def add_person(*, actor: Actor, name: str) -> Person:
    """A person, and an event."""
    person = Person(name=name)
    person.save(force_insert=True)
    record(person)
    return person


@command("accounts.person.tested")
def rename_person(*, actor: Actor, person_id: object, name: str) -> Person:
    """Another name; two events."""
    person = locked(Person, str(person_id))
    person.name = name
    person.save()
    record(person, data={"name": name})
    record(person, reason="once more")
    return person


@command("accounts.person.tested")
def remove_person(*, actor: Actor, person_id: object) -> Person:
    """A row goes; its versions stay."""
    person = locked(Person, str(person_id))
    record(person)
    person.delete()
    return person


@dataclass
class SealedLog:
    """Ada (three versions), Ben (one), Cleo (removed), Dora (not sealed yet); sealed in two goes."""

    signer: Signer
    older: str
    folder: Path

    def people(self) -> dict[str, Person]:
        return {person.name: person for person in Person.objects.all()}

    def export(self, name: str = "export") -> Path:
        export(self.folder / name)
        return self.folder / name


def seal_now(signer: Signer) -> Checkpoint:
    """Seal all there is. Any writer in any database of the cluster holds the seal back, so this may wait a while."""
    deadline = time.monotonic() + 120
    while True:
        made = list(seal_all(signer))
        if not seal_state().waiting:
            return made[-1] if made else Checkpoint.objects.all()[0]
        assert time.monotonic() < deadline, "some transaction holds the seal back"
        time.sleep(0.05)


def sealed_log(folder: Path) -> SealedLog:
    """Make it. The settings must name a signing key inside `folder`."""
    ada = add_person(actor=WRITER, name="Ada")
    cleo = add_person(actor=WRITER, name="Cleo")
    signer = signer_of_this_log()
    older = seal_now(signer).note
    rename_person(actor=WRITER, person_id=ada.pk, name="Ada L.")
    add_person(actor=WRITER, name="Ben")
    remove_person(actor=WRITER, person_id=cleo.pk)
    rename_person(actor=WRITER, person_id=ada.pk, name="Ada Lovelace")
    seal_now(signer)
    add_person(actor=WRITER, name="Dora")
    return SealedLog(signer, older, folder)


@contextmanager
def as_owner(*tables: str) -> Iterator[None]:
    """Write as the tables' owner can, with every guard taken off and put back."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        yield
        # Inside a transaction what is checked at its end would keep the table from being altered.
        cursor.execute("set constraints all immediate; set constraints all deferred")
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def run(statement: str, *values: Any) -> None:
    """One statement, which must touch a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount, statement


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def rewrite(path: Path, lines: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    path.write_text(text)
