"""Reading the outbox: what is to be sent, what was, and who wants what."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import Person
from core import clock
from mail.models import MailChoice, Message
from mail.states import MailState

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
