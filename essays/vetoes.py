"""The kind of motion that declines an essay: for one that is paused, when the board takes the question to itself.

Not here: the pause that an editor and a board member end together (`commands.reviews.decide_pause`).
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from board.models import Certificate, Motion
from board.registry import MotionKind, Subject
from board.states import MotionState
from board.timing import terms_of_kind
from core import clock
from core.policies import Actor
from essays.models import Essay
from essays.queries import VETO, current_revision, veto_motions
from essays.states import EssayState
from essays.steps import decline_by_decision
from lifecycle.models import AIModel
from lifecycle.policies import may_see_desk
from lifecycle.visibility import is_shown, shown_to_the_public


def essay_of(motion: Motion) -> Essay | None:
    """The essay such a motion would decline."""
    rows = Essay.objects.select_related("series__ai_model", "declined_by")
    return rows.filter(pk=motion.subject_id).first() if motion.subject_id else None


def asked_of(motion: Motion) -> dict[str, Any]:
    """What such a motion proposes: digest of the text, reason code, rationale."""
    asked: dict[str, Any] = (motion.particulars or {})["veto"]
    return asked


def why_not(essay: Essay, digest: str) -> str:
    """Why this very text can no longer be declined by the board, as a sentence; "" while it can."""
    if essay.state != EssayState.ON_HOLD:
        return (
            f"This essay is {essay.get_state_display().lower()}. The board declines one that an editor’s "
            "recommendation has paused."
        )
    revision = current_revision(essay)
    if revision is None or revision.essay_digest != digest:
        return "The text has changed since. Read it as it is now, then ask about that."
    return ""


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: an essay that is no longer paused, another text, another vote on it."""
    essay = essay_of(motion)
    if essay is None:
        return ["This proposal has no essay. Ask for it from the essay itself."]
    sentences = [reason] if (reason := why_not(essay, asked_of(motion)["digest"])) else []
    others = veto_motions(essay).filter(state=MotionState.BALLOTED).exclude(pk=motion.pk)
    return sentences + [
        f"Proposal {other.number} asks for the same and is in a vote. Wait for its result."
        for other in others
    ]


def decline(motion: Motion, certificate: Certificate) -> None:
    """The effect: this text is declined. One that changed or ended while the board voted stays as it is."""
    asked = asked_of(motion)
    decline_by_decision(
        motion.subject_id, digest=asked["digest"], reason_code=asked["reason_code"], certificate=certificate
    )


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision did, for its minutes."""
    essay = essay_of(motion)
    if essay is None:
        return []
    issue = f"Issue {essay.number} of “{essay.series.title}”"
    if essay.declined_by == certificate:
        return [f"{issue} is declined: it stays on record and readers do not see it."]
    return [f"{issue} was no longer the paused text that was voted on, so nothing was declined."]


def subject(motion: Motion) -> Subject | None:
    essay = essay_of(motion)
    if essay is None:
        return None
    url = reverse("essays:essay", args=[essay.pk])
    return Subject(f"Issue {essay.number} of “{essay.series.title}”", url)


def public_subject(motion: Motion) -> Subject | None:
    """The column. Readers are not shown what was paused or declined, its title neither."""
    essay = essay_of(motion)
    if essay is None or not is_shown(essay.series.ai_model, clock.now()):
        return None
    return Subject(essay.series.title, reverse("essays_public:column", args=[essay.series.slug]))


def hidden_motions(viewer: Actor | None) -> QuerySet[Any]:
    """The ids of motions kept from a viewer: on essays of models that are hidden."""
    rows = Motion.objects.filter(kind=VETO).order_by()
    if may_see_desk(viewer):
        return rows.none().values("pk")
    shown = shown_to_the_public(AIModel.objects.all(), clock.now()).values("pk")
    essays = Essay.objects.exclude(series__ai_model__in=shown).order_by()
    return rows.filter(subject_id__in=essays.values("pk")).values("pk")


KIND_OF_MOTION = MotionKind(
    label="Declining an essay",
    terms=terms_of_kind(VETO),
    obstacles=obstacles,
    effect=decline,
    effects=effects,
    subject=subject,
    public_subject=public_subject,
    composed=True,
)
