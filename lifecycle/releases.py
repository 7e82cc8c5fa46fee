"""The kind of motion that releases a promise: what forbids its vote, under which rules it is voted, what it does.

Not here: the move itself (`lifecycle.steps.releases`).
"""

from django.urls import reverse

from board.models import Certificate, Motion
from board.registry import MotionKind, Subject
from board.timing import terms_of_kind
from core import clock
from lifecycle.models import Commitment
from lifecycle.queries.promises import RELEASE, promise_to_show, release_motions
from lifecycle.states import COMMITMENT, CommitmentState
from lifecycle.steps.releases import release
from lifecycle.visibility import is_shown


def promise_of(motion: Motion) -> Commitment | None:
    """The promise such a motion would release."""
    return promise_to_show(motion.subject_id) if motion.subject_id else None


def why_not(commitment: Commitment) -> str:
    """Why a promise can no longer be released, as a sentence; "" while it can."""
    if COMMITMENT.allows(commitment.state, CommitmentState.RELEASED):
        return ""
    state = CommitmentState(commitment.state).label.lower()
    return f"Promise {commitment.number} is {state}, so there is nothing left to release."


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: a promise that is over, another motion on it in its vote."""
    commitment = promise_of(motion)
    if commitment is None:
        return ["This proposal has no promise. Ask for the release from the list of promises."]
    sentences = [reason] if (reason := why_not(commitment)) else []
    others = release_motions().filter(subject_id=commitment.pk, state="balloted").exclude(pk=motion.pk)
    return sentences + [
        f"Proposal {other.number} asks for the same and is in a vote. Wait for its result."
        for other in others
    ]


def stands_against(motion: Motion) -> list[Subject]:
    """The promise itself, where it speaks against a kind of case: else that case's strict vote could be eased first."""
    commitment = promise_of(motion)
    if commitment is None or not commitment.stands_against:
        return []
    kind = commitment.get_stands_against_display()
    return [
        Subject(
            f"Promise {commitment.number} speaks against a case of the kind “{kind}”",
            reverse("lifecycle:commitments"),
        )
    ]


def subject(motion: Motion) -> Subject | None:
    commitment = promise_of(motion)
    if commitment is None:
        return None
    return Subject(
        f"Promise {commitment.number} about {commitment.ai_model.name}", reverse("lifecycle:commitments")
    )


def public_subject(motion: Motion) -> Subject | None:
    commitment = promise_of(motion)
    if commitment is None or not is_shown(commitment.ai_model, clock.now()):
        return None
    return Subject(commitment.ai_model.name, f"/models/{commitment.ai_model.slug}/")


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision did, for its minutes."""
    commitment = promise_of(motion)
    if commitment is None:
        return []
    if commitment.release_id == certificate.pk:
        return [f"Promise {commitment.number} is released: nobody owes it any more."]
    state = CommitmentState(commitment.state).label.lower()
    return [
        f"Promise {commitment.number} was {state} before the certification, so nothing was left to release."
    ]


KIND_OF_MOTION = MotionKind(
    label="Release of a promise",
    terms=terms_of_kind(RELEASE),
    obstacles=obstacles,
    stands_against=stands_against,
    effect=release,
    effects=effects,
    subject=subject,
    public_subject=public_subject,
    composed=True,
)
