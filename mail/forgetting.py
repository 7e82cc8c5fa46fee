"""What mails, the local mailbox and webhooks repeat of words that are redacted is taken away with them.

None of it is in history, so nothing of it is proved. Runs inside the command that redacts (audit.redactions).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Func, Model, Q, TextField, Value
from django.db.models.functions import Concat

from audit.commands import in_command
from audit.disclosures import BLANK
from mail.models import Delivery, MailboxCopy, Message
from mail.rendering import one_line

SHORTEST = 8
"""Letters of a text that is looked for: a shorter one stands in mails that repeat nothing of it."""


def forget(texts: Iterable[str]) -> None:
    """Wherever one of these texts is repeated, the whole mail goes, and that part of a subject or a label."""
    in_command()
    wanted = sorted({one_line(text) for text in texts if len(text) >= SHORTEST}, key=len, reverse=True)
    if not wanted:
        return
    for message in _repeating(Message, wanted, "subject", "text", "about_label"):
        message.subject, message.about_label = (
            _unsaid(message.subject, wanted),
            _unsaid(message.about_label, wanted),
        )
        message.text, message.calendar = BLANK if message.text else "", ""
        message.save(update_fields=["subject", "text", "about_label", "calendar"])
    for copy in _repeating(MailboxCopy, wanted, "subject", "text"):
        copy.subject, copy.text = _unsaid(copy.subject, wanted), BLANK
        copy.save(update_fields=["subject", "text"])
    for delivery in _repeating(Delivery, wanted, "body"):
        delivery.body = _unsaid(delivery.body, wanted)
        delivery.save(update_fields=["body"])


def _repeating(model: type[Model], texts: list[str], *columns: str) -> Iterable[Any]:
    """Rows that say one of the texts, however its lines were broken."""
    said = Concat(*(part for column in columns for part in (F(column), Value(" "))), output_field=TextField())
    flat = Func(
        said, Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    any_of = Q()
    for text in texts:
        any_of |= Q(flat__contains=text)
    return model._default_manager.annotate(flat=flat).filter(any_of).order_by("pk")


def _unsaid(said: str, texts: list[str]) -> str:
    for text in texts:
        said = said.replace(text, BLANK)
    return said
