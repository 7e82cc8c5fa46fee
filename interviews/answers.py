"""The kind of motion that answers a wish: for an answer the board gives itself, by a vote.

Not here: the answer of a board member for the board (`commands.wishes.answer_preference`).
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from board.models import Certificate, Motion
from board.registry import MotionKind, Subject
from board.states import MotionState
from board.timing import terms_of_kind
from core import clock
from core.policies import Actor
from interviews.models import Disposition, Preference
from interviews.policies import may_read_interviews
from interviews.queries.wishes import ANSWER, answer_motions
from interviews.steps import answer_by_decision, why_not_answered


def wish_of(motion: Motion) -> Preference | None:
    """The wish such a motion would answer."""
    rows = Preference.objects.select_related("interview__ai_model", "interview__case")
    return rows.filter(pk=motion.subject_id).first() if motion.subject_id else None


def asked_of(motion: Motion) -> dict[str, Any]:
    """What such a motion proposes: answer, rationale, promise, promise_owner_id, promise_due (ISO; "" or null)."""
    asked: dict[str, Any] = (motion.particulars or {})["answer"]
    return asked


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: a wish that is settled, a promise due in the past, another vote on it."""
    wish = wish_of(motion)
    if wish is None:
        return ["This proposal has no wish. Make it from the wish itself."]
    sentences = [reason] if (reason := why_not_answered(wish)) else []
    due = asked_of(motion)["promise_due"]
    if due and date.fromisoformat(due) < clock.today():
        sentences.append("The day by which the promise is kept has passed. Take it back and name another.")
    others = answer_motions(wish).filter(state=MotionState.BALLOTED).exclude(pk=motion.pk)
    return sentences + [
        f"Proposal {other.number} answers the same wish and is in a vote. Wait for its result."
        for other in others
    ]


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision did, for its minutes."""
    given = Disposition.objects.filter(certificate=certificate).select_related("preference").first()
    if given is None:
        return ["The wish was settled before the certification, so nothing was answered."]
    sentences = [f"Wish {given.preference.number} is answered: {given.get_answer_display().lower()}."]
    return sentences + ([f"Promised: {given.promise}"] if given.promise else [])


def subject(motion: Motion) -> Subject | None:
    wish = wish_of(motion)
    if wish is None:
        return None
    url = f"{reverse('interviews:preference-list')}?interview={wish.interview_id}#wish-{wish.pk}"
    return Subject(f"Wish {wish.number} of {wish.interview.title}", url)


def hidden_motions(viewer: Actor | None) -> QuerySet[Any]:
    """The ids of motions kept from a viewer: what a model wished is told with its interview's report, not before."""
    rows = Motion.objects.filter(kind=ANSWER).order_by()
    if viewer is not None and may_read_interviews(viewer):
        return rows.none().values("pk")
    return rows.values("pk")


KIND_OF_MOTION = MotionKind(
    label="Answer to a wish",
    terms=terms_of_kind(ANSWER),
    obstacles=obstacles,
    effect=lambda motion, certificate: answer_by_decision(motion, asked_of(motion), certificate),
    effects=effects,
    subject=subject,
    composed=True,
)
