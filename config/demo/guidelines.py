"""The guidelines of the demonstration: one version that every vote names, and a change of it that is proposed."""

from board.commands.guidelines import propose_guideline
from board.models import Guideline, Motion
from config.demo import texts
from config.demo.people import actor, model_board
from config.demo.votes import ensure_decided


def ensure_guidelines() -> None:
    """Adopted before anything else is decided."""
    moved = Motion.objects.filter(board=model_board(), kind="guidelines").order_by("number").first()
    motion = moved or propose_guideline(actor=actor("steward"), board_id=model_board().id, **texts.GUIDELINES)
    ensure_decided(motion, {})


def ensure_change_of_guidelines() -> None:
    """Proposed by a member, in no vote yet."""
    adopted = Guideline.objects.get(board=model_board(), version=1)
    if Motion.objects.filter(subject_id=adopted.document).count() == 1:
        propose_guideline(
            actor=actor("member"),
            board_id=adopted.board_id,
            document=adopted.document,
            **texts.CHANGED_GUIDELINES,
        )
