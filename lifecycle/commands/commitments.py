"""Say what became of a promise."""

from uuid import UUID

from django.urls import reverse

from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.mails import occasion, tell_of_due
from lifecycle.models import Commitment
from lifecycle.states import COMMITMENT, CaseKind, CommitmentState
from mail.queries import occasions_told


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


@command(Verb.COMMITMENT_BOUND)
def bind_commitment(*, actor: Actor, commitment_id: UUID, kind: str, reason: str) -> Commitment:
    """Say which kind of case this promise speaks against: while it is open, that case is voted as irreversible.

    It can be named once and is never taken off: nobody eases a vote to come by loosening a promise.
    """
    commitment = locked(Commitment, commitment_id, select_related=("owner",))
    require(policies.may_keep_commitment(actor, commitment))
    if kind not in CaseKind.values:
        raise Unacceptable("Choose the kind of case it speaks against.", "kind")
    if not reason.strip():
        raise Unacceptable("Say why the promise speaks against it.", "reason")
    if commitment.stands_against == kind:
        return unchanged(commitment)
    if commitment.stands_against is not None:
        raise IllegalMove("It was said already what this promise speaks against; that stays.")
    if commitment.state != CommitmentState.OPEN:
        raise IllegalMove("This promise is over, so it stands against nothing any more.")
    commitment.stands_against = kind
    commitment.save()
    record(commitment, reason=reason.strip(), data={"kind": kind})
    return commitment


@command(Verb.COMMITMENT_REMINDED)
def remind_of_commitment(*, actor: Actor, commitment_id: UUID) -> Commitment:
    """Write to whom a promise is answered for by: a week before its day, and once it is overdue; each once."""
    commitment = locked(Commitment, commitment_id, select_related=("owner", "ai_model"))
    require(policies.may_remind_of_commitment(actor))
    today = clock.today()
    slot = occasion(commitment, today)
    if commitment.state != CommitmentState.OPEN or not slot or occasions_told([slot]):
        return unchanged(commitment)
    record(commitment, data={"due_on": str(commitment.due_on)})
    tell_of_due(commitment, today, url=reverse("lifecycle:commitment-keep", args=[commitment.pk]))
    return commitment


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
