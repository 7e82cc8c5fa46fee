"""Waiting until nothing is left to do: what a bench gave to the worker and the seal must not run beside its clock."""

import time

from django.db import connection

from audit.catalogue import not_sealed
from mail.models import Message
from mail.states import MailState

PATIENCE = 600
"""Seconds until it is not the backlog that keeps them busy."""


def settle() -> None:
    """Come back once every mail is sent and every event sealed, with the tables as autovacuum leaves them in time.

    RuntimeError when that takes longer than `PATIENCE` seconds.
    """
    until = time.monotonic() + PATIENCE
    while _busy():
        if time.monotonic() > until:
            raise RuntimeError(f"Mails or events still wait after {PATIENCE} seconds.")
        time.sleep(1)
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")


def _busy() -> bool:
    return (
        Message.objects.filter(state__in=(MailState.QUEUED, MailState.SENDING)).exists()
        or not_sealed().exists()
    )
