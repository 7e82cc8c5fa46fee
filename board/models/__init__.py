"""The board's records. What may be done with them is in states, policies and commands."""

from board.models.acts import (
    CastingVote,
    EditorialFix,
    HoldLapse,
    HoldRenewal,
    PositionAnswer,
    RecusalEntry,
    Statement,
    Withdrawal,
)
from board.models.ballots import Ballot, Elector, Position, Recusal
from board.models.boards import Board, Seat, Terms
from board.models.calendars import CalendarAddress
from board.models.certificates import Certificate, OutcomeStatement
from board.models.discussion import Comment
from board.models.founding import Founding, FoundingDraft
from board.models.guidelines import Guideline
from board.models.motions import Motion

__all__ = [
    "Ballot",
    "Board",
    "CalendarAddress",
    "CastingVote",
    "Certificate",
    "Comment",
    "EditorialFix",
    "Elector",
    "Founding",
    "FoundingDraft",
    "Guideline",
    "HoldLapse",
    "HoldRenewal",
    "Motion",
    "OutcomeStatement",
    "Position",
    "PositionAnswer",
    "Recusal",
    "RecusalEntry",
    "Seat",
    "Statement",
    "Terms",
    "Withdrawal",
]
