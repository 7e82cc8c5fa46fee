"""The certified result of a round: append-only, numbered, digested."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from audit.disclosures import unproved
from audit.models import TrackedModel
from audit.redactions import with_words
from board import tally
from board.models.ballots import Ballot
from core.digests import digest_of
from core.search import search_indexes

# What the search reads of it.
CERTIFICATE_WORDS = ("number", "sentence")


class Certificate(TrackedModel):
    """What was decided, with everything needed to count it again. `digest` is over `document` alone.

    The document holds commitments in place of words that it repeats of other records; the words stand in
    `disclosures`, from where a redaction of their record takes them. It is read through `told`.
    """

    not_redacted = frozenset({"document", "disclosures"})

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="certificate")
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField(help_text="running, per year, over all boards")
    number = models.TextField(unique=True, help_text="year and serial: 2026-03")
    result = models.TextField(choices=[(result, result) for result in tally.RESULTS])
    sentence = models.TextField(help_text="the result in words")
    document = models.JSONField()
    disclosures = models.JSONField(
        null=True,
        blank=True,
        help_text="the words of the document, by their commitments (audit.disclosures); null: it holds them itself",
    )
    digest = models.TextField()
    certified_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    certified_by_name = models.TextField()
    certified_at = models.DateTimeField()

    class Meta:
        indexes = search_indexes("certificate", "number", CERTIFICATE_WORDS)
        ordering = ("-year", "-serial")
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="certificate_serial_once_per_year"),
            models.CheckConstraint(condition=Q(result__in=tally.RESULTS), name="certificate_result_is_known"),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}"

    @property
    def carried(self) -> bool:
        return self.result == tally.CARRIED

    @cached_property
    def told(self) -> dict[str, Any]:
        """The document with its words; those that were redacted say so, and know by whom and why."""
        return dict(with_words(self.document, self.disclosures))

    @property
    def whole(self) -> bool:
        """Whether the document gives its digest, and the words beside it their commitments."""
        return digest_of(self.document) == self.digest and (
            self.disclosures is None or unproved(self.document, self.disclosures) is None
        )


class OutcomeStatement(TrackedModel):
    """What a decision means and what follows, in the secretary's words; versioned, with a day to look at it again."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="outcome_statements")
    version = models.PositiveIntegerField()
    text = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_by_name = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("certificate", "-version")
        constraints = [
            models.UniqueConstraint(fields=["certificate", "version"], name="outcome_statement_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="outcome_statement_says_something"),
        ]

    def __str__(self) -> str:
        return f"Outcome statement, version {self.version}"
