"""Promises on the desk, and what waits for whom."""

from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from board.models import Motion
from board.states import MotionState
from core.policies import Actor, any_of
from lifecycle.models import Case, Commitment
from lifecycle.queries.ours import counted
from lifecycle.states import CaseState, CommitmentState

RELEASE = "release"
"""The kind of motion that asks for one: a key of `board.registry.kinds`."""


def release_motions() -> QuerySet[Motion]:
    """Motions before the board that ask to release a promise: moved, or in a vote."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    return Motion.objects.filter(kind=RELEASE, state__in=live).order_by("number")


def promises_to_list(*, state: str = "", overdue_on: date | None = None) -> QuerySet[Commitment]:
    """Promises with the number and id of the motion before the board that would release each."""
    asked = release_motions().filter(subject_id=OuterRef("pk"))
    rows = Commitment.objects.select_related("ai_model", "owner", "case").annotate(
        asked_id=Subquery(asked.values("pk")[:1]), asked_number=Subquery(asked.values("number")[:1])
    )
    if overdue_on is not None:
        return rows.filter(state=CommitmentState.OPEN, due_on__lt=overdue_on)
    return rows.filter(state=state) if state else rows


def promise_to_show(commitment_id: UUID) -> Commitment | None:
    return Commitment.objects.select_related("ai_model", "owner", "case").filter(pk=commitment_id).first()


def promises_due(actor: Actor, until: date) -> QuerySet[Commitment]:
    """Open promises due by then that this person answers for; a steward answers for all."""
    rows = Commitment.objects.filter(state=CommitmentState.OPEN, due_on__lte=until).select_related("ai_model")
    rows = rows.order_by("due_on", "number")
    return rows if any_of(actor, "steward") else rows.filter(owner_id=actor.id)


def cases_in_hand(actor: Actor) -> QuerySet[Case]:
    """Cases whose next step is this steward's."""
    states = [CaseState.DRAFT, CaseState.ASSEMBLING, CaseState.READY]
    rows = Case.objects.filter(steward_id=actor.id, state__in=states).select_related("ai_model")
    return rows.order_by("number") if any_of(actor, "steward") else rows.none()


def promises_in_words() -> str:
    """ "2 kept, 1 broken, 3 open" of all promises; "" when there is none."""
    return counted(dict(Commitment.objects.order_by().values_list("state").annotate(Count("id"))))
