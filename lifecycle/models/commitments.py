"""Promises: what a decision, or the answer to a wish, undertook."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from core.search import search_indexes
from lifecycle.models.ai_models import AIModel
from lifecycle.models.cases import Case
from lifecycle.states import CaseKind, CommitmentState

# What the search reads of it.
COMMITMENT_WORDS = ("text", "source")


class Commitment(TrackedModel):
    """One promise about one AI model. `source` says in words what made it: a decision, an answer to a wish."""

    number = models.BigIntegerField(unique=True)
    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="commitments")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="commitments")
    text = models.TextField()
    source = models.TextField()
    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="commitments")
    due_on = models.DateField(null=True, blank=True)
    state = models.TextField(choices=CommitmentState, default=CommitmentState.OPEN)
    evidence = models.TextField(blank=True, help_text="what shows that it was kept, or what became of it")
    evidence_url = models.TextField(blank=True)
    stands_against = models.TextField(  # noqa: DJ001  NULL: rows there before are as their newest version says
        choices=CaseKind, null=True, blank=True, help_text="the kind of case this promise speaks against"
    )
    release = models.ForeignKey(
        "board.Certificate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="released",
        help_text="of the motion that released it",
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = "promise"
        indexes = [
            models.Index(fields=["state", "due_on"], name="commitment_by_state"),
            *search_indexes("commitment", "text", COMMITMENT_WORDS),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CommitmentState.values), name="commitment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="commitment_ends_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=~Q(state="kept") | ~Q(evidence=""), name="commitment_is_kept_with_evidence"
            ),
            models.CheckConstraint(
                condition=Q(state="released", release__isnull=False)
                | (~Q(state="released") & Q(release=None)),
                name="commitment_is_released_by_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(source=""), name="commitment_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text
