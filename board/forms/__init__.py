"""What people type into the board's pages. Parsing only; every rule is in the commands."""

from board.forms.ballots import (
    CloseForm,
    ConfirmForm,
    EnterForm,
    NeededSometimes,
    OpenForm,
    PositionForm,
    ReasonForm,
    RecuseForm,
)
from board.forms.boards import EndSeatForm, FoundForm, SeatForm, StandInForm
from board.forms.founding import FounderForm, FoundingForm
from board.forms.motions import MotionForm, NewMotionForm

__all__ = [
    "CloseForm",
    "ConfirmForm",
    "EndSeatForm",
    "EnterForm",
    "FoundForm",
    "FounderForm",
    "FoundingForm",
    "MotionForm",
    "NeededSometimes",
    "NewMotionForm",
    "OpenForm",
    "PositionForm",
    "ReasonForm",
    "RecuseForm",
    "SeatForm",
    "StandInForm",
]
