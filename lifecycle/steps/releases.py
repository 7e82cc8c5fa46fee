"""Release a promise: the effect of the motion that asked for it, and the only way there is."""

from typing import Any

from audit.commands import in_command, locked, record
from board.models import Certificate, Motion
from core import clock
from lifecycle.events import Verb
from lifecycle.models import Commitment
from lifecycle.states import COMMITMENT, CommitmentState


def release(motion: Motion, certificate: Certificate) -> None:
    """The motion carried: nobody owes the promise any more. One that ended while the board voted stays as it is."""
    in_command()
    commitment = locked(Commitment, motion.subject_id or "")
    if not COMMITMENT.allows(commitment.state, CommitmentState.RELEASED):
        return
    asked: dict[str, Any] = (motion.particulars or {})["release"]
    commitment.state, commitment.ended_at = CommitmentState.RELEASED, clock.now()
    commitment.release = certificate
    commitment.evidence = f"Released by decision {certificate.number}: {asked['reason']}"
    commitment.evidence_url = f"/decisions/{certificate.number}/"
    commitment.save()
    record(
        commitment,
        verb=Verb.COMMITMENT_RELEASED,
        reason=asked["reason"],
        data={"decision": certificate.number},
    )
