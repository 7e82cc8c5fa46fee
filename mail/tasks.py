"""What workers are woken for. The message is only a hint: what is to be sent stands in the database."""

from celery import shared_task
from django.conf import settings

from accounts.queries import roles_ending
from accounts.terms import TOLD_BEFORE
from core import clock
from mail import delivering, queries, sending
from mail.commands import make_digest, queue_deliveries, tell_auditors, tell_of_ending
from mail.policies import MAILER
from mail.registry import ENDING

#: How long after its hour a digest is still written, should the scheduler have slept.
HOURS = 3


@shared_task(name="mail.send_message")
def send_message(number: int) -> None:
    """Send one mail, if it is there to be sent. Delivered twice or late, it does nothing."""
    sending.send(number)


@shared_task(name="mail.sweep_outbox")
def sweep_outbox() -> None:
    """Wake workers for mails that are due, or whose worker was lost. Wake-ups expire with the next sweep."""
    for number in queries.messages_to_wake():
        send_message.apply_async(args=[number], expires=60.0)


@shared_task(name="mail.deliver")
def deliver(number: int) -> None:
    """Tell one webhook of one event, if that is still to be done."""
    delivering.deliver(number)


@shared_task(name="mail.tell_webhooks")
def tell_webhooks() -> None:
    """Queue deliveries for new events, and wake workers for those that are due or were lost."""
    queue_deliveries(actor=MAILER)
    for number in queries.deliveries_to_wake():
        deliver.apply_async(args=[number], expires=60.0)


@shared_task(name="mail.make_digests")
def make_digests() -> int:
    """Write the day's digests, in the three hours after MAIL_DIGEST_HOUR; the rest of the day stays quiet."""
    if not _in_the_morning():
        return 0
    people = queries.people_without_digest(clock.today())
    made = [make_digest(actor=MAILER, person_id=key) for key in people]
    return len([message for message in made if message is not None])


@shared_task(name="mail.tell_auditors")
def tell_auditors_daily() -> int:
    """Write the last checkpoint to every auditor, once a day, in the hours of the digests."""
    return len(tell_auditors(actor=MAILER)) if _in_the_morning() else 0


@shared_task(name="mail.tell_of_endings")
def tell_of_endings() -> int:
    """Write to everybody whose role ends within two weeks and who was not written to yet."""
    slots = {f"{ENDING}:{key}": key for key in roles_ending(TOLD_BEFORE).values_list("pk", flat=True)}
    missing = sorted(set(slots) - queries.occasions_told(slots))
    for slot in missing:
        tell_of_ending(actor=MAILER, grant_id=slots[slot])
    return len(missing)


def _in_the_morning() -> bool:
    return settings.MAIL_DIGEST_HOUR <= clock.now().hour < settings.MAIL_DIGEST_HOUR + HOURS
