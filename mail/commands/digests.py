"""The digest: what waits for a person, once a day or once a week, when there is something."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.actors import actor_of
from accounts.models import Person
from accounts.queries import waiting_for
from audit.commands import command, locked, record, unchanged
from core import clock
from core.policies import Actor, require
from mail import policies, queries, steps
from mail.events import Verb
from mail.models import Message
from mail.registry import DIGEST
from mail.rendering import one_line
from mail.states import DigestRhythm

#: What one digest lists at most; the desk has the rest.
SHOWN = 12


@command(Verb.DIGEST_MADE)
def make_digest(*, actor: Actor, person_id: UUID) -> Message | None:
    """Write to a person what waits for them. None when nothing does, when it is not their day, or done already."""
    person = locked(Person, person_id)
    require(policies.may_send_mail(actor))
    today = clock.today()
    slot = f"{DIGEST}:{today}"
    rhythm = queries.choice_of(person.pk).digest
    if not person.active or not _their_day(rhythm, today) or queries.was_told(slot, person.pk):
        return unchanged(None)
    items = [item for item in waiting_for(actor_of(person)) if not item.private]
    if not items:
        return unchanged(None)
    record(person, data={"waiting": len(items)})
    shown = [
        {"title": one_line(item.title), "detail": one_line(item.detail), "due": item.due}
        for item in items[:SHOWN]
    ]
    (message,) = steps.post(
        kind=DIGEST,
        to=person,
        about=person,
        slot=slot,
        url=reverse("accounts:today"),
        context={"items": shown, "count": len(items), "more": len(items) - len(shown)},
    )
    return message


def _their_day(rhythm: str, today: date) -> bool:
    return rhythm == DigestRhythm.DAILY or (rhythm == DigestRhythm.WEEKLY and today.weekday() == 0)
