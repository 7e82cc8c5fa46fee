"""The states of a mail and of a delivery. Not here: who may move them."""

from django.db.models import TextChoices

from core.states import Machine


class MailState(TextChoices):
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    UNSURE = "unsure", "Unsure"
    UNWANTED = "unwanted", "Not wanted"


class DeliveryState(TextChoices):
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"


class DigestRhythm(TextChoices):
    OFF = "off", "Never"
    DAILY = "daily", "Every day when something waits"
    WEEKLY = "weekly", "On Mondays when something waits"


# A mail that may have gone out is never sent again by itself: from "unsure" only a person leads back.
MAIL = Machine(
    "mail",
    MailState,
    {
        MailState.QUEUED: {MailState.SENDING},
        MailState.SENDING: {MailState.QUEUED, MailState.SENT, MailState.FAILED, MailState.UNSURE},
        MailState.UNSURE: {MailState.QUEUED, MailState.SENT, MailState.FAILED},
        MailState.FAILED: {MailState.QUEUED},
    },
)

# A webhook may be told twice: its receiver knows a second copy by the id.
DELIVERY = Machine(
    "delivery",
    DeliveryState,
    {
        DeliveryState.QUEUED: {DeliveryState.SENDING, DeliveryState.FAILED},
        DeliveryState.SENDING: {DeliveryState.QUEUED, DeliveryState.DELIVERED, DeliveryState.FAILED},
        DeliveryState.DELIVERED: {DeliveryState.QUEUED},
        DeliveryState.FAILED: {DeliveryState.QUEUED},
    },
)
