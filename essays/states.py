"""The states of an essay, its legal moves, and the closed lists an essay's records choose from."""

from django.db.models import TextChoices

from core.states import Machine


class EssayState(TextChoices):
    REQUESTED = "requested", "Requested"
    GENERATING = "generating", "Being written"
    GENERATION_FAILED = "generation_failed", "Not written"
    DRAFTED = "drafted", "Drafted"
    IN_REVIEW = "in_review", "In review"
    ON_HOLD = "on_hold", "Paused"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RETRACTED = "retracted", "Retracted"


S = EssayState

ESSAY = Machine(
    "essay",
    EssayState,
    {
        S.REQUESTED: {S.GENERATING, S.WITHDRAWN},
        S.GENERATING: {S.DRAFTED, S.GENERATION_FAILED, S.WITHDRAWN},
        S.GENERATION_FAILED: {S.GENERATING, S.WITHDRAWN},
        S.DRAFTED: {S.IN_REVIEW},
        S.IN_REVIEW: {S.APPROVED, S.ON_HOLD, S.WITHDRAWN},
        S.ON_HOLD: {S.IN_REVIEW, S.APPROVED, S.DECLINED, S.WITHDRAWN},
        S.APPROVED: {S.IN_REVIEW, S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN},
        S.SCHEDULED: {S.APPROVED, S.PUBLISHED},
        S.PUBLISHED: {S.RETRACTED},
    },
)

GIVEN_UP = frozenset({S.DECLINED, S.WITHDRAWN})
"""An essay given up leaves its issue number free for another."""

AT_WORK = frozenset(
    {
        S.REQUESTED,
        S.GENERATING,
        S.GENERATION_FAILED,
        S.DRAFTED,
        S.IN_REVIEW,
        S.ON_HOLD,
        S.APPROVED,
        S.SCHEDULED,
    }
)
"""What stands on the desk: neither out nor given up."""


class Cadence(TextChoices):
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Every month"


class WordingKind(TextChoices):
    PROMPT = "prompt", "Standing prompt"
    DISCLAIMER = "disclaimer", "Disclaimer"
    EDIT_POLICY = "edit_policy", "Editing rules"


class Outcome(TextChoices):
    """How one try ended, in the model call's own words."""

    COMPLETED = "completed", "Completed"
    TRUNCATED = "truncated", "Cut off at the token limit"
    REFUSED = "refused", "The model refused"
    MISMATCHED = "mismatched", "Another model answered"
    FAILED = "failed", "No answer"
    EMPTY = "empty", "An answer without words"


class Recommendation(TextChoices):
    PUBLISH = "publish", "Recommend publication"
    DECLINE = "decline", "Recommend declining"


NEEDED = 2
"""How many editors recommend publication of one text before it is approved."""


class Reason(TextChoices):
    """Why an essay may be declined. Taste, disagreement and dullness are not among them."""

    PRIVACY = "privacy", "Privacy: a private person can be recognised"
    SAFETY = "safety", "Safety: it could do harm"
    LEGAL = "legal", "Legal: it would be unlawful to publish"
    FACTUAL_HARM = "factual_harm", "Factual harm: a false claim that would injure someone"
    PROMOTION = "promotion", "Promotion: it advertises our products"


class Decision(TextChoices):
    """What is decided about a paused essay."""

    RELEASE = "release", "Let it stand"
    DECLINE = "decline", "Decline it"


class Capacity(TextChoices):
    """In which of the two capacities somebody decides about a paused essay."""

    EDITOR = "editor", "as editor"
    BOARD = "board_member", "as board member"
