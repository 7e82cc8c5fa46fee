"""What commands share, and what apps above use inside their own. Every step needs an open command."""

from board.steps import founding
from board.steps.ballots import digest_of_motion, end_round, freeze_roll, require_open, snapshot
from board.steps.certificates import certify
from board.steps.motions import make_motion

__all__ = [
    "certify",
    "digest_of_motion",
    "end_round",
    "founding",
    "freeze_roll",
    "make_motion",
    "require_open",
    "snapshot",
]
