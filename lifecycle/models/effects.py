"""What decisions do to the stages of our models: effects with their day, and the changes they made."""

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from lifecycle.models.ai_models import AIModel
from lifecycle.models.cases import Case
from lifecycle.stages import Stage
from lifecycle.states import EffectState


class Effect(TrackedModel):
    """What one certified decision does to a model on a day. Carried out once, late if need be."""

    certificate = models.ForeignKey("board.Certificate", models.PROTECT, related_name="effects")
    case = models.ForeignKey(Case, models.PROTECT, related_name="effects")
    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="effects")
    to_stage = models.TextField(choices=Stage)
    due_on = models.DateField()
    state = models.TextField(choices=EffectState, default=EffectState.WAITING)
    carried_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["due_on"], condition=Q(state="waiting"), name="effect_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "to_stage"], name="effect_once_per_decision"),
            models.CheckConstraint(condition=Q(state__in=EffectState.values), name="effect_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="carried_out", carried_out_at__isnull=False)
                | (~Q(state="carried_out") & Q(carried_out_at=None)),
                name="effect_carried_out_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ai_model} becomes {self.get_to_stage_display().lower()} on {self.due_on}"


class StageChange(TrackedModel):
    """A stage that changed, by which decision. Appended; the only reason `AIModel.stage` may have changed."""

    number = models.BigIntegerField(unique=True)
    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="stage_changes")
    from_stage = models.TextField(choices=Stage)
    to_stage = models.TextField(choices=Stage)
    effective_on = models.DateField(help_text="the day the decision named")
    certificate = models.ForeignKey("board.Certificate", models.PROTECT, related_name="stage_changes")
    effect = models.OneToOneField(Effect, models.PROTECT, related_name="stage_change")
    at = models.DateTimeField(help_text="when it was carried out")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_stage=F("to_stage")), name="stage_change_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(to_stage__in=Stage.values), name="stage_change_stage_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ai_model}: {self.get_from_stage_display()} to {self.get_to_stage_display().lower()}"
