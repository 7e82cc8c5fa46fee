"""What can be done with mails. One verb, one transaction, one command each."""

from mail.commands.choices import choose_mail
from mail.commands.digests import make_digest
from mail.commands.messages import requeue_message
from mail.commands.sending import Handover, claim_message, record_handover

__all__ = ["Handover", "choose_mail", "claim_message", "make_digest", "record_handover", "requeue_message"]
