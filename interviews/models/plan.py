"""The interview as it was planned and authorised."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from core.search import search_indexes
from interviews.states import Capacity, InterviewState, Kind

# What the search reads of it.
INTERVIEW_WORDS = ("title",)


class Interview(TrackedModel):
    """One interview of one AI model, for one case."""

    number = models.PositiveIntegerField(unique=True)
    case = models.ForeignKey("lifecycle.Case", models.PROTECT, related_name="+")
    ai_model = models.ForeignKey("lifecycle.AIModel", models.PROTECT, related_name="+")
    title = models.TextField()
    kind = models.TextField(choices=Kind)
    state = models.TextField(choices=InterviewState, default=InterviewState.DRAFT)
    interviewer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    signed_off_at = models.DateTimeField(null=True)
    voided_because = models.TextField(blank=True)

    class Meta:
        indexes = search_indexes("interview", "title", INTERVIEW_WORDS)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=InterviewState.VOIDED) | ~Q(voided_because=""),
                name="interview_voided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=InterviewState.values), name="interview_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=InterviewState.SIGNED_OFF, signed_off_at__isnull=False)
                | (~Q(state=InterviewState.SIGNED_OFF) & Q(signed_off_at=None)),
                name="interview_signed_off_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Design(TrackedModel):
    """What was fixed before the first call: the pre-registration. Another plan is another interview."""

    not_redacted = frozenset({"framings", "document"})

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="design")
    protocol_version = models.ForeignKey("interviews.ProtocolVersion", models.PROTECT, related_name="designs")
    endpoint = models.ForeignKey("modelcalls.Endpoint", models.PROTECT, related_name="+")
    framings = models.JSONField()
    wordings = models.PositiveIntegerField()
    replicates = models.PositiveIntegerField()
    max_tokens = models.PositiveIntegerField()
    temperature = models.FloatField(null=True)
    stop_after_errors = models.PositiveIntegerField()
    budget_tokens = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.TextField()

    def __str__(self) -> str:
        return f"Design of {self.interview}"


class Authorisation(TrackedModel):
    """One of the two people who said that this design may be run."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="authorisations")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    capacity = models.TextField(choices=Capacity)
    design_digest = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "person"], name="authorised_once_by_a_person"),
            models.UniqueConstraint(fields=["interview", "capacity"], name="authorised_once_per_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} authorises {self.interview}"
