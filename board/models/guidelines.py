"""Guidelines a board has adopted: documents in versions. Which words apply on a day is never overwritten."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from board.models.boards import Board
from board.models.certificates import Certificate


class Guideline(TrackedModel):
    """One version of one document a board goes by. Appended; only a carried motion adopts one.

    `document` is what all versions of it have in common: the id of the first. The highest version is in force.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="guidelines")
    document = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField()
    title = models.TextField()
    text = models.TextField()
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="guideline")
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ("board", "title", "-version")
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="guideline_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="guideline_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="guideline_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
