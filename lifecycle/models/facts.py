"""Sources, and what they say: facts that are true on one date and known from another, never overwritten."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from lifecycle.models.ai_models import AIModel, Deployment
from lifecycle.stages import Kind

KINDS = [(kind.value, kind.value.replace("_", " ").capitalize()) for kind in Kind]


class Source(TrackedModel):
    """Somebody who says something about AI models: a vendor's page, a feed, a decision of a board of ours."""

    name = models.TextField(unique=True)
    url = models.TextField(blank=True)
    latest_known_at = models.DateTimeField(
        null=True, blank=True, help_text="of its newest copy; no older one is taken"
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Fact(TrackedModel):
    """What one source said of one kind of date. Appended: a later fact supersedes, none is erased.

    `deployment` empty: said of the model itself. `effective` empty with no `value`: the source no longer says.
    `number` orders facts of one instant. `locator` and `url` say which fact limits which, and what a decision kept
    from somebody has stated.
    """

    not_redacted = frozenset({"locator", "url"})

    number = models.BigIntegerField(unique=True)
    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="facts")
    deployment = models.ForeignKey(Deployment, models.PROTECT, null=True, blank=True, related_name="facts")
    kind = models.TextField(choices=KINDS)
    effective = models.DateField(null=True, blank=True, help_text="true on")
    value = models.TextField(blank=True, help_text="for kinds that are words: the replacement, the access")
    known_from = models.DateTimeField(help_text="known to us from")
    source = models.ForeignKey(Source, models.PROTECT, related_name="facts")
    locator = models.TextField(blank=True, help_text="where in the source: a section, a decision's number")
    url = models.TextField(blank=True)
    digest = models.TextField(blank=True, help_text="SHA-256 of the text as captured")

    class Meta:
        ordering = ("known_from", "number")
        indexes = [models.Index(fields=["deployment", "known_from"], name="fact_by_deployment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="fact_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        what = self.effective.isoformat() if self.effective else self.value or "no longer said"
        return f"{self.get_kind_display()}: {what}"
