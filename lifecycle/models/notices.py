"""What copies of a source of notices held, row by row, and what each import made of it."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from lifecycle.models.ai_models import Deployment
from lifecycle.models.facts import Source


class ImportRun(TrackedModel):
    """One copy of a source, taken in. Appended."""

    not_redacted = frozenset({"schema", "counts"})

    number = models.BigIntegerField(unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="runs")
    schema = models.TextField()
    digest = models.TextField(help_text="SHA-256 of the copy")
    known_at = models.DateTimeField()
    imported_at = models.DateTimeField()
    counts = models.JSONField()

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"Import {self.number} of {self.source}"


class Notice(TrackedModel):
    """A vendor's notice as the newest copy has it. `withdrawn_at`: known not to be in the source any more."""

    not_redacted = frozenset({"provider", "model_id", "schema", "replacements", "flags", "url"})

    source = models.ForeignKey(Source, models.PROTECT, related_name="notices")
    deployment = models.OneToOneField(Deployment, models.PROTECT, related_name="notice")
    provider = models.TextField()
    model_id = models.TextField()
    schema = models.TextField()
    announced = models.DateField(null=True, blank=True)
    shutdown = models.DateField(null=True, blank=True)
    replacements = models.JSONField(null=True, blank=True, help_text="null: the schema has no such column")
    flags = models.JSONField(default=list)
    url = models.TextField(blank=True)
    digest = models.TextField(help_text="of the newest raw row")
    first_known_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("provider", "model_id")
        constraints = [
            models.UniqueConstraint(fields=["source", "provider", "model_id"], name="notice_once_per_source"),
            models.CheckConstraint(
                condition=~Q(provider="") & ~Q(model_id=""), name="notice_names_its_model"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_id} at {self.provider}"


class NoticeVersion(TrackedModel):
    """A row of a copy, raw as captured. Appended whenever it differs from the one before."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="versions")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="versions")
    raw = models.TextField(help_text="JSON, ASCII")
    digest = models.TextField()

    class Meta:
        ordering = ("run__number",)
        constraints = [models.UniqueConstraint(fields=["notice", "run"], name="notice_version_once_per_run")]

    def __str__(self) -> str:
        return f"{self.notice}, import {self.run.number}"


class RejectedRow(TrackedModel):
    """A row that could not be read, kept as it came with the reason. Appended."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rejected")
    position = models.PositiveIntegerField(help_text="in the list, from 0")
    reason = models.TextField()
    raw = models.TextField()
    digest = models.TextField()

    class Meta:
        ordering = ("run__number", "position")
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="rejected_row_once_per_run")]

    def __str__(self) -> str:
        return f"Row {self.position + 1} of import {self.run.number}"
