"""The legal moves of ballots, motions and the founding, as data. Who may make them is in policies."""

from django.db.models import TextChoices

from core.states import Machine


class BallotState(TextChoices):
    DRAFT = "draft", "Being prepared"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed, awaiting certification"
    CERTIFIED = "certified", "Certified"
    SUPERSEDED = "superseded", "Superseded by a later round"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RETURNED = "returned", "Returned: inquorate twice"


class MotionState(TextChoices):
    MOVED = "moved", "Moved, not yet in a vote"
    BALLOTED = "balloted", "In a vote"
    CARRIED = "carried", "Carried"
    LOST = "lost", "Lost"
    RETURNED = "returned", "Returned to its mover"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RecusalEntryState(TextChoices):
    ENTERED = "entered", "Entered for the member"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"


class WithdrawalState(TextChoices):
    ASKED = "asked", "Asked for"
    AGREED = "agreed", "Agreed by the chair"
    OBJECTED = "objected", "Stopped by an objection"
    DONE = "done", "Carried out"
    OVERTAKEN = "overtaken", "Overtaken by the end of the vote"


class FixState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"


class FoundingState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    RETURNED = "returned", "Sent back"


FOUNDING = Machine(
    "founding",
    FoundingState,
    {FoundingState.PROPOSED: [FoundingState.CONFIRMED, FoundingState.RETURNED]},
)

RECUSAL_ENTRY = Machine(
    "recusal entry",
    RecusalEntryState,
    {RecusalEntryState.ENTERED: [RecusalEntryState.CONFIRMED, RecusalEntryState.DECLINED]},
)

WITHDRAWAL = Machine(
    "withdrawal",
    WithdrawalState,
    {
        WithdrawalState.ASKED: [
            WithdrawalState.AGREED,
            WithdrawalState.OBJECTED,
            WithdrawalState.OVERTAKEN,
        ],
        WithdrawalState.AGREED: [
            WithdrawalState.OBJECTED,
            WithdrawalState.DONE,
            WithdrawalState.OVERTAKEN,
        ],
    },
)

FIX = Machine("editorial fix", FixState, {FixState.PROPOSED: [FixState.CONFIRMED, FixState.REFUSED]})

BALLOT = Machine(
    "ballot",
    BallotState,
    {
        BallotState.DRAFT: [BallotState.OPEN, BallotState.WITHDRAWN],
        BallotState.OPEN: [BallotState.CLOSED, BallotState.SUPERSEDED, BallotState.WITHDRAWN],
        BallotState.CLOSED: [BallotState.CERTIFIED, BallotState.RETURNED],
    },
)

# A round that ends held, inquorate or unable to act, or is superseded, leaves its motion for another round.
MOTION = Machine(
    "motion",
    MotionState,
    {
        MotionState.MOVED: [MotionState.BALLOTED, MotionState.WITHDRAWN],
        MotionState.BALLOTED: [
            MotionState.MOVED,
            MotionState.CARRIED,
            MotionState.LOST,
            MotionState.RETURNED,
            MotionState.WITHDRAWN,
        ],
    },
)

# What becomes of a ballot whose round is ended before its close.
ENDED_EARLY = (BallotState.SUPERSEDED, BallotState.WITHDRAWN)

# States in which a ballot still binds its motion: at most one such ballot per motion.
LIVE_BALLOT = (BallotState.DRAFT, BallotState.OPEN, BallotState.CLOSED)
