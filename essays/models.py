"""Columns, essays and what was decided about them. Raw text, reviews and publications are written once and
never changed.

Not here: rules (states, policies, commands) and the model call itself (modelcalls).
"""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from audit.models import TrackedModel
from core.search import search_indexes
from essays.headline import excerpt
from essays.states import (
    GIVEN_UP,
    Cadence,
    Capacity,
    Decision,
    EssayState,
    Outcome,
    Reason,
    Recommendation,
    WordingKind,
)


class Series(TrackedModel):
    """A column by one AI model."""

    ai_model = models.ForeignKey("lifecycle.AIModel", models.PROTECT, related_name="series")
    title = models.TextField()
    slug = models.SlugField(max_length=80, unique=True)
    about = models.TextField(blank=True)
    cadence = models.TextField(choices=Cadence, default=Cadence.WEEKLY)
    promised_issues = models.PositiveIntegerField(default=13)
    commitment = models.ForeignKey("lifecycle.Commitment", models.PROTECT, null=True, related_name="series")
    founded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    founded_at = models.DateTimeField()

    class Meta:
        verbose_name = "column"
        verbose_name_plural = "columns"
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Wording(TrackedModel):
    """One version of a column's standing prompt, disclaimer or editing rules. Append-only."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="wordings")
    kind = models.TextField(choices=WordingKind)
    number = models.PositiveIntegerField()
    text = models.TextField()
    adopted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "-number")
        constraints = [UniqueConstraint(fields=["series", "kind", "number"], name="wording_version_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


# What the search reads of it.
ESSAY_WORDS = ("title",)


class Essay(TrackedModel):
    """One issue of a column, from the request to the page."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="essays")
    number = models.PositiveIntegerField(help_text="the issue")
    title = models.TextField(help_text="the author's own, once there is a text; until then the one given")
    slug = models.SlugField(max_length=80, blank=True)
    state = models.TextField(choices=EssayState, default=EssayState.REQUESTED)
    prompt = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text="what the commissioner added to the standing prompt")
    max_tokens = models.PositiveIntegerField()
    temperature = models.FloatField(null=True)
    call = models.OneToOneField(
        "modelcalls.Call", models.PROTECT, null=True, related_name="+", help_text="the last one queued"
    )
    asked_again = models.PositiveIntegerField(default=0)
    commissioned_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    declined_by = models.ForeignKey(
        "board.Certificate",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="of the decision that declined it, where the board did",
    )

    class Meta:
        indexes = search_indexes("essay", "title", ESSAY_WORDS)
        ordering = ("series", "-number")
        constraints = [
            UniqueConstraint(
                fields=["series", "number"],
                condition=~Q(state__in=sorted(GIVEN_UP)),
                name="one_essay_an_issue",
            ),
            UniqueConstraint(fields=["series", "slug"], condition=~Q(slug=""), name="one_essay_a_slug"),
            CheckConstraint(condition=Q(state__in=EssayState.values), name="essay_state_known"),
            CheckConstraint(condition=Q(number__gte=1), name="essay_number_from_one"),
            CheckConstraint(
                condition=Q(declined_by=None) | Q(state="declined"),
                name="essay_declined_by_the_board_is_declined",
            ),
        ]

    def __str__(self) -> str:
        named = self.title.endswith(f"issue {self.number}")  # without a title of its own it is called so
        return self.title if named else f"{self.title} (issue {self.number})"


class Draft(TrackedModel):
    """What one try brought: the author's raw output, whatever became of it. Append-only."""

    essay = models.ForeignKey(Essay, models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField(help_text="the try")
    call = models.ForeignKey("modelcalls.Call", models.PROTECT, related_name="+")
    attempt = models.OneToOneField("modelcalls.Attempt", models.PROTECT, related_name="+")
    outcome = models.TextField(choices=Outcome)
    text = models.TextField(blank=True)
    text_digest = models.TextField(help_text="SHA-256 of the text, LF line ends")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [UniqueConstraint(fields=["essay", "number"], name="one_draft_a_try")]

    def __str__(self) -> str:
        return f"Try {self.number}"


class Revision(TrackedModel):
    """Exactly what readers would get. Reviews bind to its digest; a new one voids them. Append-only."""

    not_redacted = frozenset({"edits"})

    essay = models.ForeignKey(Essay, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    title = models.TextField()
    body = models.TextField()
    disclaimer = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    edits = models.JSONField(default=list)
    essay_digest = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [
            UniqueConstraint(fields=["essay", "number"], name="revision_number_once"),
            CheckConstraint(
                condition=Q(essay_digest__regex=r"^[0-9a-f]{64}$"), name="revision_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"


class Review(TrackedModel):
    """One editor's answer about one revision. Append-only."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    editor = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    essay_digest = models.TextField(help_text="what the editor read; equal to the revision's")
    checklist_version = models.PositiveIntegerField()
    answers = models.JSONField()
    recommendation = models.TextField(choices=Recommendation)
    reason_code = models.TextField(choices=Reason, blank=True)
    comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ("submitted_at",)
        constraints = [
            UniqueConstraint(fields=["revision", "editor"], name="one_review_an_editor"),
            CheckConstraint(
                condition=Q(recommendation=Recommendation.PUBLISH) | (~Q(reason_code="") & ~Q(comment="")),
                name="declining_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Review by {self.editor}"


class PauseDecision(TrackedModel):
    """One of the two voices, an editor's and a board member's, that end a pause. The last of each counts.
    Append-only.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="pause_decisions")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    capacity = models.TextField(choices=Capacity)
    decision = models.TextField(choices=Decision)
    reason_code = models.TextField(choices=Reason, blank=True)
    rationale = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("decided_at",)
        constraints = [
            CheckConstraint(
                condition=Q(decision=Decision.RELEASE) | ~Q(reason_code=""), name="a_veto_has_a_reason_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}, {self.person} {self.get_capacity_display()}"


class Publication(TrackedModel):
    """An essay as it went out. Append-only."""

    essay = models.OneToOneField(Essay, models.PROTECT, related_name="publication")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    essay_digest = models.TextField()
    disclaimer = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    published_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return f"Publication of {self.essay}"

    @property
    def excerpt(self) -> str:
        """The first paragraph of plain words, cut at a word; Markdown marks left as they are."""
        return excerpt(self.revision.body)
