"""What can happen to mails, to who wants them, and to webhooks. No event holds a mail address or a body."""

from enum import StrEnum


class Verb(StrEnum):
    MESSAGE_QUEUED = "mail.message.queued"
    MESSAGE_CLAIMED = "mail.message.claimed"
    MESSAGE_UNSURE = "mail.message.left_unsure"
    HANDOVER_RECORDED = "mail.handover.recorded"
    MESSAGE_REQUEUED = "mail.message.requeued"
    DIGEST_MADE = "mail.digest.made"
    CHECKPOINT_TOLD = "mail.checkpoint.told"
    ENDING_TOLD = "mail.ending.told"
    CHOICE_MADE = "mail.choice.made"
    WEBHOOK_REGISTERED = "mail.webhook.registered"
    WEBHOOK_CHANGED = "mail.webhook.changed"
    WEBHOOK_SWITCHED_OFF = "mail.webhook.switched_off"
    WEBHOOK_TESTED = "mail.webhook.tested"
    DELIVERIES_QUEUED = "mail.deliveries.queued"
    DELIVERY_CLAIMED = "mail.delivery.claimed"
    DELIVERY_RECORDED = "mail.delivery.recorded"
    DELIVERY_REQUEUED = "mail.delivery.requeued"
