"""Where mail goes in local mode: a table, shown at /desk/mailbox/. Nothing leaves the machine."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core import clock
from mail.models import MailboxCopy


class LocalMailbox(BaseEmailBackend):
    """Django's mail backend for local mode: one copy per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            sent = message.message()
            headers = {name: str(value) for name, value in sent.items()}
            for address in message.recipients():
                MailboxCopy(
                    address=address,
                    subject=str(message.subject),
                    text=str(message.body),
                    headers=headers,
                    at=clock.now(),
                ).save()
        return len(email_messages)
