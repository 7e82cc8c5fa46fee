"""The states of a call and what one attempt at it came to. Not here: who may move them, and when."""

from django.db.models import TextChoices

from core.states import Machine


class CallState(TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    COMPLETED = "completed", "Completed"
    REFUSED = "refused", "Declined by the model"
    TRUNCATED = "truncated", "Cut off at the limit"
    MISMATCHED = "mismatched", "Answered by another model"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class AttemptOutcome(TextChoices):
    COMPLETED = "completed", "Completed"
    REFUSED = "refused", "Declined by the model"
    TRUNCATED = "truncated", "Cut off at the limit"
    MISMATCHED = "mismatched", "Answered by another model"
    UNANSWERED = "unanswered", "No answer; to be tried again"
    FAILED = "failed", "Failed"
    LOST = "lost", "Worker lost"
    LATE = "late", "Came too late; not used"


# Every state in which a call's receiver is told. A person may ask again after the last three.
ENDED = frozenset(
    {
        CallState.COMPLETED,
        CallState.REFUSED,
        CallState.TRUNCATED,
        CallState.MISMATCHED,
        CallState.FAILED,
    }
)

CALL = Machine(
    "model call",
    CallState,
    {
        CallState.QUEUED: {CallState.RUNNING, CallState.CANCELLED},
        CallState.RUNNING: {CallState.QUEUED, CallState.CANCELLED, *ENDED},
        CallState.TRUNCATED: {CallState.QUEUED},
        CallState.MISMATCHED: {CallState.QUEUED},
        CallState.FAILED: {CallState.QUEUED},
    },
)
