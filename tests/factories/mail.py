"""Mails in the outbox, posted as a command would."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Person
from audit.commands import opening, record
from core.policies import Process
from mail import steps
from mail.models import Message


def posted(
    *people: Person, kind: str, slot: str, context: Mapping[str, Any] | None = None, url: str = "/desk/"
) -> list[Message]:
    """What the outbox took for these people, about the first of them."""
    with opening("tests.mail.posted", Process("Test")):
        record(people[0])
        return steps.post(kind=kind, to=people, about=people[0], slot=slot, context=context, url=url)
