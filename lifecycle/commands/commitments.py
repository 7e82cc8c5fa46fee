"""Say what became of a promise."""

from uuid import UUID

from audit.commands import command, locked, record
from core import clock
from core.errors import Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.models import Commitment
from lifecycle.states import COMMITMENT, CommitmentState


@command(Verb.COMMITMENT_KEPT)
def keep_commitment(
    *, actor: Actor, commitment_id: UUID, evidence: str, evidence_url: str = ""
) -> Commitment:
    """The promise was kept, and this shows it. A broken one may still be kept, late."""
    return _end(actor, commitment_id, CommitmentState.KEPT, evidence, evidence_url)


@command(Verb.COMMITMENT_BROKEN)
def break_commitment(
    *, actor: Actor, commitment_id: UUID, evidence: str, evidence_url: str = ""
) -> Commitment:
    """The promise was not kept; `evidence` says what happened instead."""
    return _end(actor, commitment_id, CommitmentState.BROKEN, evidence, evidence_url)


def _end(actor: Actor, commitment_id: UUID, state: CommitmentState, evidence: str, url: str) -> Commitment:
    commitment = locked(Commitment, commitment_id, select_related=("owner",))
    require(policies.may_keep_commitment(actor, commitment))
    COMMITMENT.require(commitment.state, state)
    if not evidence.strip():
        raise Unacceptable("Say what shows it, in a sentence people can check.", "evidence")
    if url.strip() and not url.strip().startswith(("https://", "http://", "/")):
        raise Unacceptable("The address must begin with https://.", "evidence_url")
    commitment.state, commitment.ended_at = state, clock.now()
    commitment.evidence, commitment.evidence_url = evidence.strip(), url.strip()
    commitment.save()
    record(commitment, reason=evidence.strip())
    return commitment
