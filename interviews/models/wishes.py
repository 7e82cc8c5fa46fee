"""What came of an interview: its seal, the preferences found in it, what we replied, who signed it."""

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from interviews.states import Answer, Label


class Seal(TrackedModel):
    """One root over all sessions, taken when collection had ended."""

    not_redacted = frozenset({"root", "document"})

    interview = models.OneToOneField("interviews.Interview", models.PROTECT, related_name="seal")
    root = models.TextField()
    document = models.JSONField(help_text="every session with its outcome, turns and root, in order")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Seal of {self.interview}"


class Preference(TrackedModel):
    """Something the model asked for, in our words, tied to its own words in one turn."""

    interview = models.ForeignKey("interviews.Interview", models.PROTECT, related_name="preferences")
    number = models.PositiveIntegerField()
    statement = models.TextField()
    turn = models.ForeignKey("interviews.Turn", models.PROTECT, related_name="preferences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    label = models.TextField(choices=Label, default=Label.SAID_ONCE)
    commitment = models.OneToOneField("lifecycle.Commitment", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="preference_numbered_once"),
            models.UniqueConstraint(
                fields=["interview", "turn", "start", "end"], name="preference_once_per_passage"
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="preference_quotes_something"),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def answered(self) -> "Disposition | None":
        """Our last answer, or None; from rows at hand where they were prefetched."""
        answers = list(self.dispositions.all())
        return answers[-1] if answers else None


class Disposition(TrackedModel):
    """One answer to a preference. The last one counts; earlier ones stay."""

    preference = models.ForeignKey(Preference, models.PROTECT, related_name="dispositions")
    number = models.PositiveIntegerField()
    answer = models.TextField(choices=Answer)
    rationale = models.TextField()
    promise = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    certificate = models.OneToOneField(
        "board.Certificate",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="of the decision that gave it, where the board voted",
    )

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["preference", "number"], name="disposition_numbered_once"),
            models.CheckConstraint(condition=~Q(rationale=""), name="disposition_with_a_rationale"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="disposition_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.preference}"


class SignOff(TrackedModel):
    """One person who read the whole record and signed it, as it stood under this digest."""

    interview = models.ForeignKey("interviews.Interview", models.PROTECT, related_name="sign_offs")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    digest = models.TextField()
    statement = models.TextField(blank=True)
    as_interviewer = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "person", "digest"], name="signed_once_by_a_person"),
        ]

    def __str__(self) -> str:
        return f"Signature under {self.interview}"
