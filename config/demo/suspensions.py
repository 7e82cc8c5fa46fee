"""A drill: two people suspend Wren and lift it at once, so that the record of a suspension can be read."""

from config.demo import texts
from config.demo.people import actor, model_board
from core import clock
from lifecycle.commands import suspensions
from lifecycle.models import AIModel
from lifecycle.states import SuspensionState

DAYS = 1


def ensure_drill() -> None:
    """Begin and end it, continued where an earlier run ended."""
    wren = AIModel.objects.get(name="Wren", ours=True)
    drill = wren.suspensions.first() or suspensions.propose_suspension(
        actor=actor("steward"),
        ai_model_id=wren.id,
        board_id=model_board().id,
        days=DAYS,
        reason=texts.DRILL,
    )
    if drill.state_at(clock.now()) == SuspensionState.PROPOSED:
        drill = suspensions.confirm_suspension(actor=actor("chair"), suspension_id=drill.id)
    if drill.state_at(clock.now()) == SuspensionState.IN_FORCE:
        suspensions.lift_suspension(
            actor=actor("vice_chair"), suspension_id=drill.id, reason=texts.AFTER_THE_DRILL
        )
