"""Cases, the dossiers frozen from them, and requirements waived for them."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from core.search import search_indexes
from lifecycle.models.ai_models import AIModel
from lifecycle.stages import Stage
from lifecycle.states import CaseKind, CaseState, OurUse, Visibility

# What the search reads of it.
CASE_WORDS = ("title", "asked", "reason")


class Case(TrackedModel):
    """The file of one decision about one AI model: what is asked, why, and what the board should know."""

    ENDS_AS = [(Stage.RETIRED.value, "Retired"), (Stage.LIMITED.value, "Limited: still offered to some")]

    number = models.BigIntegerField(unique=True)
    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="cases")
    board = models.ForeignKey("board.Board", models.PROTECT, related_name="cases")
    steward = models.ForeignKey("accounts.Person", models.PROTECT, related_name="cases")
    kind = models.TextField(choices=CaseKind)
    state = models.TextField(choices=CaseState, default=CaseState.DRAFT)
    title = models.TextField()
    asked = models.TextField(
        blank=True, help_text="what the board is asked, in words that can be carried out"
    )
    reason = models.TextField(blank=True)
    status_quo = models.TextField(blank=True, help_text="what happens if nothing is decided")
    announced_on = models.DateField(
        null=True, blank=True, help_text="when users are told; empty: with the decision"
    )
    retires_on = models.DateField(
        null=True, blank=True, help_text="when it takes effect; empty: with the decision"
    )
    ends_as = models.TextField(choices=ENDS_AS, default=Stage.RETIRED)
    our_use = models.TextField(choices=OurUse, blank=True, help_text="of a vendor's model: what ours becomes")
    replacement = models.TextField(blank=True)
    no_replacement_reason = models.TextField(blank=True, help_text="argued, where there is none")
    impact = models.TextField(blank=True, help_text="who loses what")
    cannot_be_undone = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    access_plan = models.TextField(blank=True)
    preservation_plan = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    argument_against = models.TextField(blank=True, help_text="the strongest one")
    promise = models.TextField(blank=True, help_text="what the decision promises")
    promise_due_on = models.DateField(null=True, blank=True)
    motion = models.ForeignKey("board.Motion", models.PROTECT, null=True, blank=True, related_name="cases")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # NULL, and not a word for "public": rows that were there before are as their newest version says.
    visibility = models.TextField(  # noqa: DJ001
        choices=Visibility, null=True, blank=True, help_text="none: public"
    )
    embargo_until = models.DateTimeField(null=True, blank=True, help_text="it is public from then on")

    class Meta:
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["state", "-number"], name="case_by_state"),
            *search_indexes("case", "title", CASE_WORDS),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "assembling", "ready", "withdrawn"])
                | Q(motion__isnull=False),
                name="case_past_ready_has_a_motion",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "withdrawn"], ended_at__isnull=False)
                | (~Q(state__in=["closed", "withdrawn"]) & Q(ended_at=None)),
                name="case_ends_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=Q(visibility=None, embargo_until=None)
                | Q(visibility="internal", embargo_until=None)
                | Q(visibility="embargoed", embargo_until__isnull=False),
                name="case_embargo_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.number}: {self.title}"


class Dossier(TrackedModel):
    """What the board votes on: a case and all it rests on, frozen. `digest` is over `document`. Appended."""

    not_redacted = frozenset({"document"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="dossiers")
    round = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.TextField()
    frozen_at = models.DateTimeField()
    frozen_by_name = models.TextField()

    class Meta:
        ordering = ("case", "-round")
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="dossier_round_once_per_case")]

    def __str__(self) -> str:
        return f"Dossier {self.round} of case {self.case.number}"


class Waiver(TrackedModel):
    """A requirement that a carried motion lifted for one case. Appended."""

    not_redacted = frozenset({"requirement"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="waivers")
    requirement = models.TextField(help_text="a key of lifecycle.registry.requirements")
    reason = models.TextField()
    certificate = models.ForeignKey("board.Certificate", models.PROTECT, related_name="waivers")

    class Meta:
        ordering = ("case", "requirement")
        constraints = [
            models.UniqueConstraint(fields=["case", "requirement"], name="waiver_once_per_requirement"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Waiver of {self.requirement} for case {self.case.number}"
