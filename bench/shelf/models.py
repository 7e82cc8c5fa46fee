"""One table five times: plain, and under each way of keeping its history."""

import reversion
from auditlog.registry import auditlog
from django.db import models
from simple_history.models import HistoricalRecords

from audit.models import TrackedModel


def six_hundred_letters() -> str:
    return "n" * 600


class Book(models.Model):
    """Eight columns and 600 bytes of text, as a case or a motion might have."""

    title = models.CharField(max_length=200)
    shelf = models.CharField(max_length=40, default="third gallery")
    place = models.PositiveIntegerField(default=0)
    lent = models.BooleanField(default=False)
    due = models.DateField(null=True)
    note = models.TextField(default=six_hundred_letters)
    signed_by = models.CharField(max_length=80, default="the archivist")

    class Meta:
        abstract = True


class PlainBook(Book):
    """No history at all."""


class StockHistory(HistoricalRecords):
    """As it comes: with an index on the date, which our settings leave out for the histories of ours."""

    _date_indexing = True


class HistoricBook(Book):
    """django-simple-history as it comes."""

    history = StockHistory()


class LoggedBook(Book):
    """django-auditlog as it comes."""


class VersionedBook(Book):
    """django-reversion as it comes."""


class TrackedBook(Book, TrackedModel):
    """Ours: event, version, digest, guards."""


class ChainHead(models.Model):
    """The one row that a hash chain of events goes through."""

    size = models.BigIntegerField(default=0)
    head = models.BinaryField(default=bytes(32))


auditlog.register(LoggedBook)
reversion.register(VersionedBook)
