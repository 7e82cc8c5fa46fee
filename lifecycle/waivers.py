"""The kind of motion that waives a requirement for one case: what forbids its vote, what it does.

Not here: what a requirement asks (`lifecycle.registry`), and the row a carried one leaves (`steps.waivers`).
"""

from typing import Any

from django.urls import reverse

from board.models import Certificate, Motion
from board.registry import MotionKind
from board.timing import terms_of_kind
from lifecycle.decisions import case_of, public_subject, subject
from lifecycle.models import Case, Waiver
from lifecycle.queries.waivers import WAIVER, waiver_motions
from lifecycle.states import WAIVABLE, CaseState
from lifecycle.steps.waivers import asked_of, grant_waiver


def why_not(case: Case) -> str:
    """Why a requirement of the case can no longer be waived, as a sentence; "" while it can."""
    if case.state in WAIVABLE:
        return ""
    state = CaseState(case.state).label.lower()
    return f"Case {case.number} is {state}, so there is nothing left to waive for it."


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: a case that went on, a waiver that is there, the same one in its own vote."""
    case = case_of(motion)
    if case is None:
        return ["This proposal has no case. Ask for the waiver from the case itself."]
    asked = asked_of(motion)
    sentences = [reason] if (reason := why_not(case)) else []
    if Waiver.objects.filter(case=case, requirement=asked["requirement"]).exists():
        sentences.append(f"“{asked['label']}” is waived for case {case.number} already.")
    others = waiver_motions(case).filter(state="balloted").exclude(pk=motion.pk)
    sentences += [
        f"Proposal {other.number} asks for the same and is in a vote. Wait for its result."
        for other in others
        if asked_of(other)["requirement"] == asked["requirement"]
    ]
    return sentences


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision does, for its minutes."""
    asked: dict[str, Any] = asked_of(motion)
    case = case_of(motion)
    where = f": {reverse('lifecycle:case', args=[case.pk])}" if case else ""
    return [f"“{asked['label']}” no longer keeps {motion.subject_label} from a vote{where}."]


KIND_OF_MOTION = MotionKind(
    label="Waiver of a requirement",
    terms=terms_of_kind(WAIVER),
    obstacles=obstacles,
    effect=grant_waiver,
    effects=effects,
    subject=subject,
    public_subject=public_subject,
    composed=True,
)
