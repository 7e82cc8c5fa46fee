"""What became of two of the promises made to Haldane 1: one kept, one broken. The others are open."""

from config.demo import texts
from config.demo.people import actor
from lifecycle.commands import commitments
from lifecycle.models import Commitment
from lifecycle.states import CommitmentState

_BROKEN, _KEPT = (wish["promise"] for wish in texts.WISHES_OF_HALDANE_1[1:])


def ensure_promises() -> None:
    """Say what became of them, where nobody has said it yet."""
    open_ones = Commitment.objects.filter(ai_model__name="Haldane 1", state=CommitmentState.OPEN)
    for commitment in open_ones.filter(text=_KEPT):
        commitments.keep_commitment(actor=actor("steward"), commitment_id=commitment.id, evidence=texts.KEPT)
    for commitment in open_ones.filter(text=_BROKEN):
        commitments.break_commitment(
            actor=actor("steward"), commitment_id=commitment.id, evidence=texts.BROKEN
        )
