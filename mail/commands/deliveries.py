"""What becomes of deliveries: queue them from new events, claim, record, send again. No network here."""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings

from accounts.queries import organisation
from audit.commands import after_commit, command, locked, record, unchanged
from audit.models import Event
from core import clock
from core.errors import IllegalMove
from core.policies import Actor, require
from mail import policies, queries
from mail.backoff import WEBHOOK_WAITS, seconds_to_wait
from mail.events import Verb
from mail.models import Cursor, Delivery, Webhook
from mail.registry import groups
from mail.rendering import address_of
from mail.states import DELIVERY, DeliveryState

#: HTTP's "Gone": the receiver wants nothing more (Standard Webhooks).
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """How a try ended: `status` of HTTP or None, `said` what was heard, `seconds` it took."""

    status: int | None
    said: str
    seconds: float

    @property
    def good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@command(Verb.DELIVERIES_QUEUED)
def queue_deliveries(*, actor: Actor) -> int:
    """Read the events that have ended since the last time, and queue a delivery per webhook that wants one.

    Any number may run at once and at any time: an event is queued once per webhook.
    """
    require(policies.may_deliver(actor))
    if not Cursor.objects.exists():
        Cursor(pk=1, xid=queries.watermark(), number=_highest()).save()
        return unchanged(0)
    cursor = Cursor.objects.select_for_update(no_key=True).get()
    until = queries.watermark()
    webhooks = list(Webhook.objects.filter(active=True))
    wanted = {verb for webhook in webhooks for key in webhook.groups for verb in _verbs(key)}
    if not organisation().public_site:
        wanted = set()
    events = queries.new_events(wanted, cursor, until) if wanted else []
    made = [delivery for event in events for delivery in _told(event, webhooks)]
    cursor.xid = until
    cursor.number = max([cursor.number, *(event.number for event in events)])
    cursor.save()
    for delivery in made:
        after_commit("mail.deliver", delivery.number)
    if not made:
        return unchanged(0)  # how far one has read is no change of anything that is kept
    record(data={"deliveries": [delivery.number for delivery in made]})
    return len(made)


@command(Verb.DELIVERY_CLAIMED)
def claim_delivery(*, actor: Actor, number: int) -> Delivery | None:
    """Take a delivery that is due, or whose worker was lost, for `MAIL_LEASE` seconds. None: nothing to do."""
    delivery = locked(Delivery, str(number), select_related=("webhook",))
    require(policies.may_deliver(actor))
    now = clock.now()
    lost = (
        delivery.state == DeliveryState.SENDING
        and delivery.lease_until is not None
        and delivery.lease_until <= now
    )
    if not lost and (delivery.state != DeliveryState.QUEUED or delivery.not_before > now):
        return unchanged(None)
    if not delivery.webhook.active:
        delivery.state, delivery.ended_at = DeliveryState.FAILED, now
        delivery.lease_token = delivery.lease_until = None
        delivery.save()
        record(delivery, data={"switched_off": True})
        return None
    delivery.state = DeliveryState.SENDING
    delivery.tries += 1
    delivery.lease_token = uuid4()
    delivery.lease_until = now + timedelta(seconds=settings.MAIL_LEASE)
    delivery.save()
    record(delivery, data={"webhook": delivery.webhook.name, "try": delivery.tries})
    return delivery


@command(Verb.DELIVERY_RECORDED)
def record_delivery(*, actor: Actor, number: int, token: UUID, answer: Answer) -> Delivery:
    """Keep what came of a try. "Gone" switches the webhook off; anything but success is tried again for days."""
    delivery = locked(Delivery, str(number))
    require(policies.may_deliver(actor))
    if delivery.lease_token != token:
        return unchanged(delivery)
    now = clock.now()
    delivery.log = [
        *delivery.log,
        {
            "at": now.isoformat(),
            "status": answer.status,
            "said": answer.said,
            "seconds": round(answer.seconds, 2),
        },
    ]
    wait = seconds_to_wait(WEBHOOK_WAITS, delivery.tries)
    again = not answer.good and answer.status != GONE and wait is not None
    target = DeliveryState.DELIVERED if answer.good else DeliveryState.FAILED
    target = DeliveryState.QUEUED if again else target
    DELIVERY.require(delivery.state, target)
    delivery.state = target
    delivery.lease_token = delivery.lease_until = None
    delivery.not_before = now + timedelta(seconds=wait or 0)
    delivery.ended_at = None if again else now
    delivery.save()
    record(delivery, data={"status": answer.status, "state": target, "try": delivery.tries})
    if answer.status == GONE:
        _switch_off(delivery.webhook_id)
    return delivery


@command(Verb.DELIVERY_REQUEUED)
def requeue_delivery(*, actor: Actor, number: int) -> Delivery:
    """Send one again, whether it arrived or not: its receiver knows it by its id."""
    delivery = locked(Delivery, str(number), select_related=("webhook",))
    require(policies.may_keep_webhooks(actor))
    if not delivery.webhook.active:
        raise IllegalMove("This webhook is switched off. Switch it on before you send again.")
    if delivery.state in (DeliveryState.QUEUED, DeliveryState.SENDING):
        raise IllegalMove("This delivery is under way. Wait for it to end before sending it again.")
    DELIVERY.require(delivery.state, DeliveryState.QUEUED)
    delivery.state = DeliveryState.QUEUED
    delivery.tries = 0
    delivery.not_before = clock.now()
    delivery.ended_at = None
    delivery.save()
    record(delivery.webhook, data={"delivery": delivery.number})
    after_commit("mail.deliver", delivery.number)
    return delivery


def _verbs(key: str) -> frozenset[str]:
    return groups.get(key).verbs if key in groups else frozenset()


def _told(event: Event, webhooks: list[Webhook]) -> list[Delivery]:
    """The deliveries of one event: one per webhook that wants its verb and was there before it."""
    found = []
    now = clock.now()
    for key, group in groups.items():
        wanting = [hook for hook in webhooks if key in hook.groups and hook.since < event.number]
        if event.verb not in group.verbs or not wanting:
            continue
        fact = group.fact(event.target_id)
        for webhook in wanting if fact is not None else ():
            if Delivery.objects.filter(webhook=webhook, event=event.number).exists():
                continue
            assert fact is not None
            body = {
                "type": event.verb,
                "timestamp": _stamp(event),
                "data": {
                    "event": event.number,
                    "target": {
                        "type": event.target_type,
                        "id": event.target_id,
                        "label": fact.label,
                        "url": address_of(fact.url) if fact.url else "",
                    },
                },
            }
            delivery = Delivery(
                webhook=webhook,
                event=event.number,
                type=event.verb,
                body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
                queued_at=now,
                not_before=now,
            )
            delivery.save(force_insert=True)
            found.append(delivery)
    return found


def _stamp(event: Event) -> str:
    assert event.at is not None
    return event.at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _highest() -> int:
    return Event.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _switch_off(webhook_id: UUID) -> None:
    webhook = locked(Webhook, webhook_id)
    if webhook.active:
        webhook.active = False
        webhook.save()
        record(webhook, verb=Verb.WEBHOOK_SWITCHED_OFF, reason="Its server answered “410 Gone”.")
