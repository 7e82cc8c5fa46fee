"""What is asked of a board: its text at a revision."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from board.models.boards import Board
from board.states import MotionState
from core.search import search_indexes

# What the search reads of it.
MOTION_WORDS = ("title", "text", "subject_label")


class Motion(TrackedModel):
    """A proposal. Its text is frozen while it is in a vote and after it is decided.

    `subject_id` is the id of what it is about in an app above, which alone knows what that is.
    """

    not_redacted = frozenset({"kind", "particulars"})

    board = models.ForeignKey(Board, models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField(help_text="running, per board")
    kind = models.TextField(help_text="a key of board.registry.kinds")
    title = models.TextField(help_text="the question, or a short name of it")
    text = models.TextField(help_text="what is asked, in words that can be carried out")
    status_quo = models.TextField(help_text="what happens if nothing is decided")
    revision = models.PositiveIntegerField(default=1)
    mover = models.ForeignKey("accounts.Person", models.PROTECT, related_name="motions")
    mover_name = models.TextField()
    subject_label = models.TextField(blank=True)
    subject_id = models.UUIDField(null=True, blank=True, db_index=True)
    dossier_digest = models.TextField(blank=True)
    reconsiders = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reconsidered_by"
    )
    particulars = models.JSONField(
        null=True,
        blank=True,
        help_text="what its kind needs to carry it out, and what a reconsideration rests on",
    )
    state = models.TextField(choices=MotionState, default=MotionState.MOVED)
    moved_at = models.DateTimeField()

    class Meta:
        indexes = search_indexes("motion", "title", MOTION_WORDS)
        ordering = ("board", "-number")
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="motion_number_once_per_board"),
            models.CheckConstraint(condition=Q(state__in=MotionState.values), name="motion_state_is_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text="") & ~Q(status_quo="") & ~Q(kind=""),
                name="motion_says_what_it_asks",
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.number}: {self.title}"

    @property
    def subject_name(self) -> str:
        """What it is about, without its own title said again: a case is mostly called as its proposal is."""
        return self.subject_label.removesuffix(f": {self.title}")
