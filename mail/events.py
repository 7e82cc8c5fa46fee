"""What can happen to mails and to who wants them. No event holds an address or a body."""

from enum import StrEnum


class Verb(StrEnum):
    MESSAGE_QUEUED = "mail.message.queued"
    MESSAGE_CLAIMED = "mail.message.claimed"
    MESSAGE_UNSURE = "mail.message.left_unsure"
    HANDOVER_RECORDED = "mail.handover.recorded"
    MESSAGE_REQUEUED = "mail.message.requeued"
    TEXTS_FORGOTTEN = "mail.texts.forgotten"
    DIGEST_MADE = "mail.digest.made"
    CHOICE_MADE = "mail.choice.made"
