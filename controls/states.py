"""The legal moves of control tests and findings, as data, and what an auditor may say of a record."""

from django.db.models import TextChoices

from core.states import Machine


class ControlState(TextChoices):
    DEFINED = "defined", "Defined"
    FROZEN = "frozen", "Population frozen"
    DRAWN = "drawn", "Being judged"
    CONCLUDED = "concluded", "Concluded"
    DROPPED = "dropped", "Dropped"


class SeedSource(TextChoices):
    """How the seed comes about; said before the population is frozen."""

    CHECKPOINT = "checkpoint", "The root of the first checkpoint that seals the freezing"
    ENTERED = "entered", "A seed of my own, entered now"


class Result(TextChoices):
    PASS = "pass", "Pass"
    EXCEPTION = "exception", "Exception"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Severity(TextChoices):
    MINOR = "minor", "Minor"
    MODERATE = "moderate", "Moderate"
    SERIOUS = "serious", "Serious"


class FindingState(TextChoices):
    OPEN = "open", "Waits for an answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class NoteKind(TextChoices):
    """What somebody added to a finding."""

    ANSWER = "answer", "answered"
    SENT_BACK = "sent_back", "sent it back"
    CLOSING = "closing", "closed it"


CONTROL = Machine(
    "control test",
    ControlState,
    {
        ControlState.DEFINED: [ControlState.FROZEN, ControlState.DROPPED],
        ControlState.FROZEN: [ControlState.DRAWN, ControlState.DROPPED],
        # Dropping a test whose sample is known is on record, with its reason and what was judged.
        ControlState.DRAWN: [ControlState.CONCLUDED, ControlState.DROPPED],
    },
)

FINDING = Machine(
    "finding",
    FindingState,
    {
        FindingState.OPEN: [FindingState.ANSWERED],
        FindingState.ANSWERED: [FindingState.OPEN, FindingState.CLOSED],
    },
)
