"""What is said about a motion before it is decided: comments, questions and their answers. Appended, never edited."""

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from board.models.motions import Motion


class Comment(TrackedModel):
    """One thing said by one person. `number` orders the discussion of a motion, from one.

    A question asks one person and has a clock: `answer_by`. An answer is said by the person asked or by the mover
    and stops it; what others reply is a comment.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", "Comment"
        QUESTION = "question", "Question"
        ANSWER = "answer", "Answer"

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    kind = models.TextField(choices=Kind)
    text = models.TextField()
    revision = models.PositiveIntegerField(help_text="of the motion it was said about")
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    author_name = models.TextField()
    asked_of = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    asked_name = models.TextField(blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("motion", "number")
        indexes = [
            models.Index(
                fields=["asked_of", "answer_by"], condition=Q(kind="question"), name="comment_questions_asked"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["motion", "number"], name="comment_number_once_per_motion"),
            models.CheckConstraint(
                condition=Q(kind__in=["comment", "question", "answer"]), name="comment_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=(
                    Q(kind="question", asked_of__isnull=False, answer_by__isnull=False) & ~Q(asked_name="")
                )
                | (~Q(kind="question") & Q(asked_of=None, answer_by=None, asked_name="")),
                name="comment_question_asks_somebody_by_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind="answer") | Q(reply_to__isnull=False), name="comment_answers_something"
            ),
            models.CheckConstraint(
                condition=Q(asked_of=None) | ~Q(asked_of=F("author")), name="comment_asks_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} on proposal {self.motion.number}"
