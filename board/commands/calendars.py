"""Making and ending the private address under which somebody's calendar reads their votes."""

import secrets

from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board.events import Verb
from board.models import CalendarAddress
from board.policies import id_of, may_read_board
from core import clock
from core.digests import sha256_hex
from core.policies import Actor, require


@command(Verb.CALENDAR_ADDRESS_MADE)
def make_calendar_address(*, actor: Actor) -> str:
    """The secret part of a new address, told this once; an earlier address of theirs ends."""
    person = locked(Person, id_of(actor))
    require(may_read_board(actor))
    secret = secrets.token_urlsafe(32)
    CalendarAddress(person=person, digest=sha256_hex(secret), made_at=clock.now()).save()
    record(person)
    return secret


@command(Verb.CALENDAR_ADDRESS_ENDED)
def end_calendar_address(*, actor: Actor) -> None:
    """The address answers no more."""
    person = locked(Person, id_of(actor))
    gone, _ = CalendarAddress.objects.filter(person=person).delete()
    if not gone:
        return unchanged(None)
    record(person)
    return None
