"""Ask the board itself to answer a wish."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from audit.commands import command, locked, record
from board.models import Board, Motion
from board.steps import make_motion
from core.errors import IllegalMove, NotFound
from core.policies import Actor, require
from interviews.events import Verb
from interviews.models import Interview, Preference
from interviews.policies import may_propose_answer
from interviews.queries.wishes import ANSWER, answer_motions
from interviews.states import Answer
from interviews.steps import require_answer, why_not_answered


@command(Verb.ANSWER_PROPOSED)
def propose_answer(
    *,
    actor: Actor,
    preference_id: UUID,
    board_id: UUID,
    answer: str,
    rationale: str,
    promise: str = "",
    promise_owner_id: UUID | None = None,
    promise_due: date | None = None,
) -> Motion:
    """Move that the board give this answer. While that is before it, nobody answers for it."""
    found = Preference.objects.filter(pk=preference_id).only("interview_id").first()
    interview = locked(
        Interview, found.interview_id if found else preference_id, select_related=("ai_model", "case")
    )
    preference = locked(Preference, preference_id)
    preference.interview = interview
    require(may_propose_answer(actor))
    if refusal := why_not_answered(preference):
        raise IllegalMove(refusal)
    if not Board.objects.filter(pk=board_id).exists():
        raise NotFound("There is no such board.")
    owner = require_answer(answer, rationale, promise.strip(), promise_owner_id, promise_due)
    if waiting := answer_motions(preference).first():
        raise IllegalMove(f"Proposal {waiting.number} answers this wish already. Wait for its result.")
    wish = f"wish {preference.number} of {interview.title}"
    promised = (
        f" Promise: {promise.strip()} Kept by {owner.name}, by {promise_due:%-d %b %Y}."
        if owner is not None and promise_due is not None
        else ""
    )
    motion = make_motion(
        board_id=board_id,
        kind=ANSWER,
        title=f"Shall {wish} be answered “{Answer(answer).label.lower()}”?",
        text=(
            f"Answer {wish}, “{preference.statement}”: {Answer(answer).label.lower()}. "
            f"Reason: {rationale.strip()}{promised}"
        ),
        status_quo="The wish has no answer of the board until somebody gives one.",
        subject_id=preference.pk,
        subject_label=wish[0].upper() + wish[1:],
        particulars={
            "answer": {
                "answer": answer,
                "rationale": rationale.strip(),
                "promise": promise.strip(),
                "promise_owner_id": str(owner.pk) if owner else "",
                "promise_due": promise_due.isoformat() if owner and promise_due else "",
            }
        },
    )
    record(preference, reason=rationale.strip(), data={"motion": motion.number, "answer": answer})
    return motion
