"""Reading the outbox and the webhooks: what is to be sent, what was, and who wants what."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import Person
from audit.models import Event
from core import clock
from core.prepared import Given, OneOf, Prepared
from mail.models import Cursor, Delivery, MailChoice, Message, Webhook
from mail.registry import DIGEST
from mail.states import DeliveryState, DigestRhythm, MailState

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
    return set(_told_of().ask(slots=list(slots)))


@cache
def _told_of() -> Prepared[str]:
    rows = Message.objects.filter(OneOf("slot", Given("slots"))).order_by()
    return Prepared(rows.values_list("slot", flat=True).distinct())


def was_told(slot: str, person_id: UUID) -> bool:
    return Message.objects.filter(slot=slot, recipient_id=person_id).exists()


def people_without_digest(day: date) -> list[UUID]:
    """The active people who want a digest in some rhythm and have none of this day."""
    told = Message.objects.filter(slot=f"{DIGEST}:{day}").values("recipient")
    declined = MailChoice.objects.filter(digest=DigestRhythm.OFF).values("person")
    people = Person.objects.filter(active=True, user__isnull=False).exclude(pk__in=told)
    return list(people.exclude(pk__in=declined).order_by("pk").values_list("pk", flat=True))


def deliveries_to_wake() -> list[int]:
    """Deliveries that are due, and those whose worker was lost: a webhook may be told twice."""
    now = clock.now()
    due = Q(state=DeliveryState.QUEUED, not_before__lte=now)
    lost = Q(state=DeliveryState.SENDING, lease_until__lte=now)
    found = Delivery.objects.filter(due | lost).order_by("number")
    return list(found.values_list("number", flat=True)[:AT_ONCE])


def watermark() -> int:
    """Every transaction below this id has ended: what it wrote can be seen now, and it writes nothing more.

    Numbers of events are drawn before the commit and become visible out of order, so that "greater than the last
    one seen" would miss some; transactions below the oldest one still running cannot.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def new_events(verbs: Iterable[str], cursor: Cursor, until: int) -> list[Event]:
    """Done events of these verbs that ended since `cursor` and below `until`, in the order of their numbers."""
    done = Event.objects.filter(verb__in=list(verbs), outcome=Event.Outcome.DONE, xid__lt=until)
    # Lower ids than last time: they began anew, since a dump was restored into another cluster.
    began_anew = until < cursor.xid
    fresh = done.filter(number__gt=cursor.number) if began_anew else done.filter(xid__gte=cursor.xid)
    return list(fresh.order_by("number"))


def with_newest(webhooks: Sequence[Webhook]) -> list[tuple[Webhook, Delivery | None]]:
    """Webhooks, each with its newest delivery. One query, which reads no more of them."""
    own = Delivery.objects.filter(webhook=OuterRef("pk")).order_by("-number").values("number")
    keys = Webhook.objects.filter(pk__in=[row.pk for row in webhooks]).values(newest=Subquery(own[:1]))
    newest = {row.webhook_id: row for row in Delivery.objects.filter(number__in=keys).defer("body")}
    return [(webhook, newest.get(webhook.pk)) for webhook in webhooks]
