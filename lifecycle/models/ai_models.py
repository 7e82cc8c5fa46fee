"""AI models, ours and vendors', and the platforms each is offered on."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from core.search import search_indexes
from lifecycle.stages import Stage
from lifecycle.states import OurUse, Visibility

# What the search reads of it.
AI_MODEL_WORDS = ("name", "provider", "family")


class AIModel(TrackedModel):
    """One AI model. Ours: the weights are ours, and `stage` is what the last carried-out decision made it.

    A vendor's model has no stored stage: it is computed from facts as of two dates (`lifecycle.stages`).
    Only `steps.change_stage` writes `stage`; the database refuses any other way (migration 0004).
    """

    not_redacted = frozenset({"name", "provider"})

    slug = models.SlugField(max_length=250, unique=True)
    name = models.TextField()
    provider = models.TextField(help_text="who made it, or offers it where the maker is not known")
    family = models.TextField(blank=True)
    ours = models.BooleanField(default=False)
    stage = models.TextField(choices=Stage, blank=True)
    released_on = models.DateField(null=True, blank=True)
    licence = models.TextField(blank=True)
    description = models.TextField(blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="succeeded_by")
    endpoint = models.ForeignKey(
        "modelcalls.Endpoint", models.PROTECT, null=True, blank=True, related_name="ai_models"
    )
    steward = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="ai_models"
    )
    our_use = models.TextField(choices=OurUse, blank=True)
    registered_at = models.DateTimeField()
    # NULL, and not a word for "public": rows that were there before are as their newest version says.
    visibility = models.TextField(  # noqa: DJ001
        choices=Visibility, null=True, blank=True, help_text="none: public"
    )
    embargo_until = models.DateTimeField(null=True, blank=True, help_text="it is public from then on")

    class Meta:
        indexes = search_indexes("ai_model", "name", AI_MODEL_WORDS)
        verbose_name = "AI model"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["provider", "name"], name="ai_model_once_per_provider"),
            models.CheckConstraint(
                condition=Q(ours=True, stage__in=Stage.values) | Q(ours=False, stage=""),
                name="ai_model_stage_is_stored_for_ours_only",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(provider=""), name="ai_model_has_a_name"),
            models.CheckConstraint(
                condition=Q(visibility=None, embargo_until=None)
                | Q(visibility="internal", embargo_until=None)
                | Q(visibility="embargoed", embargo_until__isnull=False),
                name="ai_model_embargo_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Deployment(TrackedModel):
    """One AI model as one platform offers it, under the platform's own name for it, with dates of its own."""

    not_redacted = frozenset({"platform", "name"})

    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="deployments")
    platform = models.TextField()
    name = models.TextField(help_text="the platform's own id")
    region = models.TextField(blank=True)

    class Meta:
        ordering = ("platform", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "name", "region"], name="deployment_once_per_platform"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.platform}"
