"""What workers are woken for. The message is only a hint: what is to be sent stands in the database."""

from celery import shared_task

from mail import queries, sending


@shared_task(name="mail.send_message")
def send_message(number: int) -> None:
    """Send one mail, if it is there to be sent. Delivered twice or late, it does nothing."""
    sending.send(number)


@shared_task(name="mail.sweep_outbox")
def sweep_outbox() -> None:
    """Wake workers for mails that are due, or whose worker was lost. Wake-ups expire with the next sweep."""
    for number in queries.messages_to_wake():
        send_message.apply_async(args=[number], expires=60.0)
