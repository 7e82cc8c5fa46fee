"""One mail, from the outbox to its recipient: claim, hand over with no transaction open, record.

SMTP cannot say twice that it took a mail once. So at most once: what may have been taken is not sent again by
itself. Whatever dies here leaves a lease that runs out, and a mail that is "unsure".
"""

import logging
import smtplib
from email.errors import MessageError

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import sanitize_address

from accounts.queries import organisation
from audit.current import opened
from mail.commands import Handover, claim_message, record_handover
from mail.models import Message
from mail.policies import MAILER
from mail.registry import kinds
from mail.rendering import address_of, enveloped, one_line

logger = logging.getLogger(__name__)


def send(number: int) -> Message | None:
    """Send one mail if it is there to be sent. May be called any number of times, at once, for the same mail."""
    if opened() is not None:
        raise RuntimeError("Mail is never sent inside a command.")
    message = claim_message(actor=MAILER, number=number)
    if message is None:
        return None
    assert message.lease_token is not None
    result = _hand_over(message)
    return record_handover(actor=MAILER, number=number, token=message.lease_token, result=result)


def mail_of(message: Message, address: str) -> EmailMessage:
    """The mail as it goes out. Lines that a name might add to the headers are refused by Django."""
    kind = kinds.get(message.kind)
    host = address_of("").partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    body = enveloped(
        kind,
        name=message.recipient.name,
        text=message.text,
        url=message.url,
        organisation=organisation().name,
    )
    mail = EmailMessage(
        subject=message.subject,
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={
            "Message-ID": f"<{message.mail_id}@{host}>",
            # RFC 3834: no out-of-office answers, please.
            "Auto-Submitted": "auto-generated",
            "List-Id": f"{one_line(kind.label)} <{message.kind.replace('_', '-')}.{host}>",
        },
    )
    if message.calendar:
        mail.attach("vote.ics", message.calendar, "text/calendar")
    return mail


def _hand_over(message: Message) -> Handover:
    """What came of it. Everything before the mail itself is offered may surely be tried again."""
    user = message.recipient.user
    if user is None or not message.recipient.active or not user.is_active:
        return Handover("failed", f"{message.recipient.name} is not active here.")
    try:
        mail = mail_of(message, user.email)
        sanitize_address(user.email, "utf-8")
        mail.message()
    except (KeyError, ValueError, MessageError) as error:
        return Handover("failed", f"It could not be written: {_said(error)}")
    try:
        connection = get_connection(fail_silently=False)
        connection.open()
    except Exception as error:  # noqa: BLE001  any backend: nothing was offered yet, whatever went wrong
        logger.warning("Mail %s: the server was not reached: %s", message.number, _said(error))
        return Handover("later", f"The mail server was not reached: {_said(error)}")
    try:
        taken = connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (550, b""))
        return _refused(code, words)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except Exception as error:
        logger.exception("Mail %s may or may not have been taken", message.number)
        return Handover("unsure", f"Nobody knows whether the server took it: {_said(error)}")
    finally:
        _close(connection)
    return Handover("sent") if taken else Handover("later", "The mail server took nothing.")


def _refused(code: int, words: bytes | str) -> Handover:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    # RFC 5321, 4.2.1: 4xx may be tried again, 5xx not.
    return Handover(
        "later" if 400 <= code < 500 else "failed", f"The server said {code} {one_line(said)[:300]}"
    )


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001  the mail has ended; how the line ends does not matter
        logger.info("A mail connection ended badly: %s", _said(error))


def _said(error: BaseException) -> str:
    return one_line(f"{type(error).__name__}: {error}")[:300]
