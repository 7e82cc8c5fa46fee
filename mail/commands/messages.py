"""What people do with mails: send one again."""

from audit.commands import after_commit, command, locked, record
from core import clock
from core.errors import IllegalMove
from core.policies import Actor, require
from mail import policies
from mail.events import Verb
from mail.models import Message
from mail.states import MAIL, MailState


@command(Verb.MESSAGE_REQUEUED)
def requeue_message(*, actor: Actor, number: int, reason: str = "") -> Message:
    """Send a mail again that failed, or of which nobody knows whether it arrived.

    IllegalMove for any other, and for one whose text was blanked.
    """
    message = locked(Message, str(number))
    require(policies.may_requeue_message(actor))
    if message.state not in (MailState.FAILED, MailState.UNSURE):
        raise IllegalMove("Only a mail that failed or is unsure is sent again.")
    if message.blanked:
        raise IllegalMove("What this mail said is no longer kept. Let the person ask for a new one.")
    MAIL.require(message.state, MailState.QUEUED)
    message.state = MailState.QUEUED
    message.tries = 0
    message.not_before = clock.now()
    message.lease_token = message.ended_at = None
    message.save()
    record(message, reason=reason, data={"kind": message.kind})
    after_commit("mail.send_message", message.number)
    return message
