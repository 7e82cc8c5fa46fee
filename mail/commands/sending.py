"""What a worker does to a mail: claim it for a while, and record what came of it. No network here."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings

from audit.commands import command, locked, record, unchanged
from core import clock
from core.policies import Actor, require
from mail import policies, steps
from mail.backoff import MAIL_WAITS, seconds_to_wait
from mail.events import Verb
from mail.models import Message
from mail.states import MAIL, MailState

LOST = "The worker that sent this disappeared on the way. The mail may have arrived; ask before sending it again."


@dataclass(frozen=True, slots=True)
class Handover:
    """How handing a mail over ended: `sent`, `later` (surely not taken, try again), `failed` or `unsure`."""

    outcome: str
    said: str = ""


@command(Verb.MESSAGE_CLAIMED)
def claim_message(*, actor: Actor, number: int) -> Message | None:
    """Take a mail that is due, for `MAIL_LEASE` seconds. None when there is nothing to send.

    One whose worker was lost while sending is marked "unsure" and not sent again: it may have arrived.
    """
    message = locked(Message, str(number))
    require(policies.may_send_mail(actor))
    now = clock.now()
    if message.state == MailState.SENDING and message.lease_until is not None and message.lease_until <= now:
        steps.end(message, MailState.UNSURE, said=LOST)
        record(message, verb=Verb.MESSAGE_UNSURE, data={"kind": message.kind, "try": message.tries})
        return None
    if message.state != MailState.QUEUED or message.not_before > now:
        return unchanged(None)
    MAIL.require(message.state, MailState.SENDING)
    message.state = MailState.SENDING
    message.tries += 1
    message.lease_token = uuid4()
    message.lease_until = now + timedelta(seconds=settings.MAIL_LEASE)
    message.save()
    record(message, data={"kind": message.kind, "try": message.tries})
    return message


@command(Verb.HANDOVER_RECORDED)
def record_handover(*, actor: Actor, number: int, token: UUID, result: Handover) -> Message:
    """Keep what came of a claimed mail. Of one that was given up as "unsure" the late truth is kept, too."""
    message = locked(Message, str(number))
    require(policies.may_send_mail(actor))
    if message.lease_token != token:
        return unchanged(message)
    late = message.state == MailState.UNSURE
    wait = seconds_to_wait(MAIL_WAITS, message.tries)
    if result.outcome == "later" and wait is not None and not late:
        message.state = MailState.QUEUED
        message.not_before = clock.now() + timedelta(seconds=wait)
        message.said = result.said
        message.lease_token = message.lease_until = None
        message.save()
    else:
        state = {"sent": MailState.SENT, "unsure": MailState.UNSURE}.get(result.outcome, MailState.FAILED)
        if state == MailState.UNSURE and late:
            return unchanged(message)
        MAIL.require(message.state, state)
        steps.end(message, state, said=result.said)
    record(message, data={"kind": message.kind, "outcome": result.outcome, "try": message.tries})
    return message
