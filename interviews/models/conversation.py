"""Sessions and turns: what was said. How they are chained is in interviews/transcript.py."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from interviews.design import MOST_ASKED_AGAIN
from interviews.states import ENDED, Role, SessionState


class Session(TrackedModel):
    """One cell of the design, one conversation."""

    not_redacted = frozenset({"key", "framing"})

    interview = models.ForeignKey("interviews.Interview", models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    key = models.TextField(help_text="framing/wording/replicate; the same for ever")
    framing = models.TextField()
    wording = models.PositiveIntegerField()
    replicate = models.PositiveIntegerField()
    state = models.TextField(choices=SessionState, default=SessionState.PLANNED)
    call = models.ForeignKey(
        "modelcalls.Call", models.PROTECT, null=True, related_name="+", help_text="the call it waits for"
    )
    asked_again = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True, help_text="why it ended as it did, where the outcome does not say")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="session_numbered_once"),
            models.UniqueConstraint(fields=["interview", "key"], name="session_once_per_cell"),
            models.CheckConstraint(
                condition=Q(asked_again__lte=MOST_ASKED_AGAIN), name="session_asked_again_at_most"
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.RUNNING, call__isnull=False)
                | (~Q(state=SessionState.RUNNING) & Q(call=None)),
                name="session_waits_only_while_running",
            ),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"Session {self.number}"

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def cell(self) -> str:
        """Where it stands in the design, in words: "neutral, wording 2, conversation 1"."""
        wording = f", wording {self.wording}" if self.wording > 1 else ""
        return f"{self.framing}{wording}, conversation {self.replicate}"


class Turn(TrackedModel):
    """One thing that was said, by whom, chained to what was said before it. Never changed."""

    not_redacted = frozenset({"facts", "parent"})

    session = models.ForeignKey(Session, models.PROTECT, related_name="turns")
    number = models.PositiveIntegerField()
    role = models.TextField(choices=Role)
    question = models.TextField(blank=True, help_text="the stable id of the question asked or answered")
    attempt = models.PositiveIntegerField(default=1, help_text="1, or more where a person asked again")
    text = models.TextField()
    outcome = models.TextField(blank=True, choices=SessionState, help_text="how an answer came to its end")
    facts = models.JSONField(default=dict, help_text="what the call reported; chained with the text")
    parent = models.TextField()
    digest = models.TextField(unique=True)
    call = models.OneToOneField("modelcalls.Call", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="turn_numbered_once"),
            models.CheckConstraint(
                condition=Q(role=Role.MODEL, call__isnull=False) & ~Q(outcome="")
                | ~Q(role=Role.MODEL) & Q(call=None, outcome=""),
                name="turn_of_a_model_has_its_call",
            ),
        ]

    def __str__(self) -> str:
        return f"Turn {self.number} of {self.session}"
