"""What commands share, and what apps above use inside their own. Every step needs an open command."""

from board.steps import founding
from board.steps.ballots import end_round, freeze_roll, snapshot
from board.steps.certificates import certify
from board.steps.motions import make_motion

__all__ = ["certify", "end_round", "founding", "freeze_roll", "make_motion", "snapshot"]
