"""The states of interviews, sessions and protocol versions, and every legal move. Not here: who may."""

from django.db.models import TextChoices

from core.states import Machine


class Kind(TextChoices):
    """How much an interview claims."""

    STATEMENT = "statement", "Statement"
    STUDY = "study", "Study"
    PILOT = "pilot", "Pilot"


class InterviewState(TextChoices):
    DRAFT = "draft", "Draft"
    AUTHORISED = "authorised", "Authorised"
    RUNNING = "running", "Running"
    COLLECTED = "collected", "Collected"
    SEALED = "sealed", "Locked"
    REPORTED = "reported", "Reported"
    SIGNED_OFF = "signed_off", "Signed off"
    VOIDED = "voided", "Voided"


class SessionState(TextChoices):
    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    COMPLETED = "completed", "Completed"
    REFUSED = "refused", "Refused"
    TRUNCATED = "truncated", "Truncated"
    MODEL_ENDED = "model_ended", "Ended by the model"
    ERRORED = "errored", "Errored"
    SKIPPED = "skipped", "Skipped"


class ProtocolState(TextChoices):
    DRAFT = "draft", "Draft"
    FROZEN = "frozen", "Frozen"


class Role(TextChoices):
    """Who speaks in a turn."""

    SYSTEM = "system", "What the model was told"
    INTERVIEWER = "interviewer", "Interviewer"
    MODEL = "model", "Model"


class Capacity(TextChoices):
    """In which capacity one of the two people authorises."""

    INTERVIEWER = "interviewer", "Interviewer"
    BOARD_MEMBER = "board_member", "Board member"


class Label(TextChoices):
    """How firmly a preference stands. The measured ones come from coded transcripts only."""

    SAID_ONCE = "said_once", "Said in one session, not measured"
    STABLE = "stable", "Stable"
    FRAMING_SENSITIVE = "framing_sensitive", "Depends on the framing"
    UNSTABLE = "unstable", "Unstable"
    DECLINED = "declined", "Declined to say"


class Answer(TextChoices):
    """What the organisation replied to a preference."""

    ACCEPT = "accept", "We accept"
    ADAPT = "adapt", "We adapt"
    DECLINE = "decline", "We decline"
    DEFER = "defer", "We put this off"


INTERVIEW = Machine(
    "interview",
    InterviewState,
    {
        InterviewState.DRAFT: [InterviewState.AUTHORISED, InterviewState.VOIDED],
        InterviewState.AUTHORISED: [InterviewState.RUNNING, InterviewState.VOIDED],
        InterviewState.RUNNING: [InterviewState.COLLECTED, InterviewState.VOIDED],
        # Back to running only because a person asked again where an answer was cut off or a call failed.
        InterviewState.COLLECTED: [InterviewState.RUNNING, InterviewState.SEALED, InterviewState.VOIDED],
        # A statement is signed as it was locked; a study is first reported.
        InterviewState.SEALED: [InterviewState.REPORTED, InterviewState.SIGNED_OFF, InterviewState.VOIDED],
        InterviewState.REPORTED: [InterviewState.SIGNED_OFF, InterviewState.VOIDED],
    },
)

SESSION = Machine(
    "session",
    SessionState,
    {
        SessionState.PLANNED: [SessionState.RUNNING, SessionState.SKIPPED],
        SessionState.RUNNING: [
            SessionState.COMPLETED,
            SessionState.REFUSED,
            SessionState.TRUNCATED,
            SessionState.MODEL_ENDED,
            SessionState.ERRORED,
            SessionState.SKIPPED,
        ],
        SessionState.TRUNCATED: [SessionState.RUNNING],
        SessionState.ERRORED: [SessionState.RUNNING],
    },
)

PROTOCOL = Machine("protocol", ProtocolState, {ProtocolState.DRAFT: [ProtocolState.FROZEN]})

ENDED = frozenset(set(SessionState) - {SessionState.PLANNED, SessionState.RUNNING})
"""The outcomes: a session that has one waits for nothing."""

ASKED_AGAIN = frozenset({SessionState.TRUNCATED, SessionState.ERRORED})
"""Where a person may ask again. Never after a refusal: a refusal is an answer."""
