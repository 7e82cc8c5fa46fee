"""What commands of control tests and findings share. Inside an open command only."""

from typing import Literal

from django.db import connection

from accounts.models import Person
from audit.commands import in_command
from controls.models import Finding, FindingNote
from controls.states import NoteKind
from core import clock
from core.policies import Actor


def next_number(what: Literal["test", "finding"]) -> int:
    """From the database's sequence: unique under any concurrency, sometimes with a gap."""
    in_command()
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s::regclass)", [f"controls_{what}_number"])
        return int(cursor.fetchone()[0])


def person_of(actor: Actor) -> Person:
    """The person who acts. Person.DoesNotExist: a process, which no policy lets come here."""
    return Person.objects.get(pk=str(actor.id))


def add_note(finding: Finding, kind: NoteKind, text: str, *, by: Actor) -> FindingNote:
    """The next note of the finding, whose row is locked. An answer names its owner and day as they now are."""
    in_command()
    answer = kind == NoteKind.ANSWER
    note = FindingNote(
        finding=finding,
        number=finding.notes.count() + 1,
        kind=kind,
        text=text,
        owner_name=finding.owner.name if answer and finding.owner else "",
        due_on=finding.due_on if answer else None,
        written_by=person_of(by),
        written_by_name=by.name,
        written_at=clock.now(),
    )
    note.save(force_insert=True)
    return note
