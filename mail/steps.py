"""What commands of every app share: putting mails into the outbox, and ending one.

Every function here runs inside an open command.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.models import Person
from audit.commands import after_commit, in_command, record
from audit.registry import describe
from core import clock
from mail import queries
from mail.events import Verb
from mail.models import Message
from mail.registry import kinds
from mail.rendering import written
from mail.states import MailState

#: To more people than these at once, the outbox is swept instead of each mail being woken by the command itself.
WOKEN_EACH = 20


def post(
    *,
    kind: str,
    to: Person | Iterable[Person],
    about: Model,
    slot: str,
    context: Mapping[str, Any] | None = None,
    url: str | None = None,
    calendar: bytes = b"",
) -> list[Message]:
    """Queue one mail per person, as the last step of a command, after it has recorded its event.

    `slot` names the occasion ("board.ballot.opened:<id>"): whoever was written to for it already is left out.
    `context` is data for the kind's template; `url` the page the mail leads to, by default where `about` is
    shown; `calendar` an entry for the reader's calendar (core.calendars). People who switched the kind off, and
    inactive ones, get a row that says so and no mail. KeyError: no such kind.
    """
    found = in_command()
    if not found.events:
        raise RuntimeError("A command records what it did before it tells people of it.")
    about_kind = kinds.get(kind)
    people = {person.pk: person for person in ([to] if isinstance(to, Person) else to)}
    with connection.cursor() as cursor:
        # Two commands that want one occasion wait for each other here; then the second sees the first's rows.
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [slot])
    told = set(Message.objects.filter(slot=slot, recipient__in=people).values_list("recipient_id", flat=True))
    people = {key: person for key, person in people.items() if key not in told}
    if not people:
        return []
    declined = queries.who_declined(kind, people.values()) if about_kind.optional else set()
    subject, text = written(about_kind, context or {})
    now = clock.now()
    queued = []
    for key, person in people.items():
        wanted = person.active and key not in declined
        message = Message(
            kind=kind,
            slot=slot,
            recipient=person,
            about_type=about._meta.label,
            about_id=str(about.pk),
            about_label=str(about)[:300],
            cause=found.events[0].number,
            subject=subject if wanted else "",
            text=text if wanted else "",
            url=(_url_of(about) if url is None else url) if wanted else "",
            calendar=calendar.decode() if wanted else "",
            blanked=not wanted,
            state=MailState.QUEUED if wanted else MailState.UNWANTED,
            said="" if wanted else _why_not(person),
            queued_at=now,
            not_before=now,
            ended_at=None if wanted else now,
        )
        message.save(force_insert=True)
        if wanted:
            queued.append(message)
    _wake(queued)
    record(
        about,
        verb=Verb.MESSAGE_QUEUED,
        data={
            "kind": kind,
            "to": sorted(str(message.recipient_id) for message in queued),
            "not_wanted": len(people) - len(queued),
        },
    )
    return queued


def _wake(queued: list[Message]) -> None:
    """For hundreds, whoever waits for the command would wait as long again for the broker."""
    if len(queued) > WOKEN_EACH:
        after_commit("mail.sweep_outbox")
        return
    for message in queued:
        after_commit("mail.send_message", message.number)


def end(message: Message, state: MailState, *, said: str = "") -> None:
    """A mail that is sent, failed for good, or may have been sent. Secrets are blanked unless it can be retried."""
    in_command()
    message.state = state
    message.said = said
    message.lease_token = message.lease_token if state == MailState.UNSURE else None
    message.lease_until = None
    message.ended_at = clock.now()
    if kind_is_secret(message.kind) and state != MailState.FAILED:
        blank(message)
    message.save()


def blank(message: Message) -> None:
    """Forget what a mail said; that it was sent, to whom and when, stays."""
    in_command()
    message.subject = message.text = message.url = message.calendar = ""
    message.blanked = True


def kind_is_secret(kind: str) -> bool:
    """Unknown kinds (an app that is gone) count as secret: nothing of them is kept for longer than needed."""
    return kind not in kinds or kinds.get(kind).secret


def _url_of(about: Model) -> str:
    label = about._meta.label
    return describe.get(label).url(about) if label in describe else ""


def _why_not(person: Person) -> str:
    if not person.active:
        return f"{person.name} is not active here."
    return f"{person.name} switched mails of this kind off."
