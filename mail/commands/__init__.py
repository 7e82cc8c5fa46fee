"""What can be done with mails and webhooks. One verb, one transaction, one command each."""

from mail.commands.checkpoints import tell_auditors
from mail.commands.choices import choose_mail
from mail.commands.deliveries import claim_delivery, queue_deliveries, record_delivery, requeue_delivery
from mail.commands.digests import make_digest
from mail.commands.messages import requeue_message
from mail.commands.sending import Handover, claim_message, record_handover
from mail.commands.terms import tell_of_ending
from mail.commands.webhooks import change_webhook, register_webhook, try_webhook

__all__ = [
    "Handover",
    "change_webhook",
    "choose_mail",
    "claim_delivery",
    "claim_message",
    "make_digest",
    "queue_deliveries",
    "record_delivery",
    "record_handover",
    "register_webhook",
    "requeue_delivery",
    "requeue_message",
    "tell_auditors",
    "tell_of_ending",
    "try_webhook",
]
