"""Reading the outbox: what is to be sent, what was, and who wants what."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import Person
from core import clock
from mail.models import MailChoice, Message
from mail.registry import DIGEST
from mail.states import DigestRhythm, MailState

#: What one sweep wakes at most; the next one takes the rest.
AT_ONCE = 500


def outbox() -> QuerySet[Message]:
    return Message.objects.select_related("recipient")


def messages_to_wake() -> list[int]:
    """Mails that are due, and those whose worker was lost on the way."""
    now = clock.now()
    due = Q(state=MailState.QUEUED, not_before__lte=now)
    lost = Q(state=MailState.SENDING, lease_until__lte=now)
    return list(
        Message.objects.filter(due | lost).order_by("number").values_list("number", flat=True)[:AT_ONCE]
    )


def counts() -> dict[str, int]:
    """How many mails there are in each state."""
    return dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))


def choice_of(person_id: UUID) -> MailChoice:
    """What this person chose; an unsaved row with the defaults when nothing yet."""
    return MailChoice.objects.filter(person_id=person_id).first() or MailChoice(person_id=person_id)


def who_declined(kind: str, people: Iterable[Person]) -> set[UUID]:
    """Those of `people` who switched this kind off."""
    chosen = MailChoice.objects.filter(person__in=list(people), off__contains=[kind])
    return set(chosen.values_list("person_id", flat=True))


def occasions_told(slots: Iterable[str]) -> set[str]:
    """Those of these occasions that somebody was written to for."""
    return set(Message.objects.filter(slot__in=list(slots)).values_list("slot", flat=True))


def was_told(slot: str, person_id: UUID) -> bool:
    return Message.objects.filter(slot=slot, recipient_id=person_id).exists()


def people_without_digest(day: date) -> list[UUID]:
    """The active people who want a digest in some rhythm and have none of this day."""
    told = Message.objects.filter(slot=f"{DIGEST}:{day}").values("recipient")
    declined = MailChoice.objects.filter(digest=DigestRhythm.OFF).values("person")
    people = Person.objects.filter(active=True, user__isnull=False).exclude(pk__in=told)
    return list(people.exclude(pk__in=declined).order_by("pk").values_list("pk", flat=True))
