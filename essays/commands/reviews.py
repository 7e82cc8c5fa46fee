"""Reading an essay and saying whether it may stand: reviews, the end of a pause, a newer disclaimer."""

from collections.abc import Mapping
from uuid import UUID

from audit.commands import because, command, locked, record, unchanged
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from essays import checklist, policies, queries, steps
from essays.events import Verb
from essays.models import Essay, PauseDecision, Review, Revision
from essays.states import ESSAY, Capacity, Decision, EssayState, Reason, Recommendation


@command(Verb.REVIEW_SUBMITTED)
def submit_review(
    *,
    actor: Actor,
    essay_id: UUID,
    digest: str,
    answers: Mapping[str, bool],
    recommendation: str,
    reason_code: str = "",
    comment: str = "",
) -> Review:
    """One editor's answer about the text with this digest. It cannot be changed.

    `answers`: checklist key → yes. Recommending publication needs every yes; recommending to decline needs a
    reason code and a comment, and pauses the essay. The second recommendation to publish, with none to
    decline open, approves it.
    """
    essay = locked(Essay, essay_id)
    require(policies.may_submit_review(actor, essay))
    if essay.state != EssayState.IN_REVIEW:
        raise IllegalMove(f"This essay is not in review: it is {essay.get_state_display().lower()}.")
    revision = steps.standing_text(essay, digest)
    if revision.reviews.filter(editor_id=actor.id).exists():
        raise IllegalMove("You have reviewed this text already. A review is given once.")
    _require_reasons(answers, recommendation, reason_code, comment)
    declines = recommendation == Recommendation.DECLINE
    review = Review(
        revision=revision,
        editor_id=steps.person(actor),
        essay_digest=revision.essay_digest,
        checklist_version=checklist.VERSION,
        answers={key: answers.get(key) is True for key, _ in checklist.items()},
        recommendation=recommendation,
        reason_code=reason_code if declines else "",
        comment=comment.strip(),
        submitted_at=clock.now(),
    )
    review.save(force_insert=True)
    # What was recommended stands in the review, which the other editors do not see yet; not in the event.
    record(review, data={"digest": revision.essay_digest})
    steps.settle_review(essay, revision)
    return review


@command(Verb.PAUSE_DECIDED)
def decide_pause(
    *,
    actor: Actor,
    essay_id: UUID,
    digest: str,
    capacity: str,
    decision: str,
    rationale: str,
    reason_code: str = "",
) -> PauseDecision:
    """One of the two voices that end a pause. When an editor and a board member agree, the essay moves on."""
    essay = locked(Essay, essay_id)
    if capacity not in Capacity.values:
        raise Unacceptable("Decide as editor or as board member.", "capacity")
    require(policies.may_decide_pause(actor, essay, capacity))
    if essay.state != EssayState.ON_HOLD:
        raise IllegalMove(f"This essay is not paused: it is {essay.get_state_display().lower()}.")
    if asked := queries.veto_motions(essay).first():
        raise IllegalMove(
            f"Proposal {asked.number} asks the board to decline it. Wait for its result, or let its mover take it back."
        )
    revision = steps.standing_text(essay, digest)
    if decision not in Decision.values:
        raise Unacceptable("Let it stand, or decline it.", "decision")
    if not rationale.strip():
        raise Unacceptable("Give your reasons: they are kept with the essay.", "rationale")
    if decision == Decision.DECLINE and reason_code not in Reason.values:
        raise Unacceptable("An essay is declined for one of the listed reasons. Choose one.", "reason_code")
    row = PauseDecision(
        revision=revision,
        person_id=steps.person(actor),
        capacity=capacity,
        decision=decision,
        reason_code=reason_code if decision == Decision.DECLINE else "",
        rationale=rationale.strip(),
        decided_at=clock.now(),
    )
    row.save(force_insert=True)
    record(
        essay,
        reason=rationale.strip(),
        data={"decision": decision, "capacity": capacity, "digest": revision.essay_digest},
    )
    verdict = queries.pause_verdict(revision)
    if verdict == Decision.DECLINE:
        steps.move(essay, EssayState.DECLINED)
        record(
            essay,
            verb=Verb.ESSAY_DECLINED,
            data={"reason_code": row.reason_code, "digest": revision.essay_digest},
        )
    elif verdict == Decision.RELEASE:
        record(essay, verb=Verb.ESSAY_RELEASED, data={"digest": revision.essay_digest})
        steps.settle_review(essay, revision)
    return row


@command(Verb.REVISION_MADE)
def renew_disclaimer(*, actor: Actor, essay_id: UUID) -> Revision:
    """Put the column's newest disclaimer under an essay: a new text to review, which voids every approval of
    the old one.
    """
    essay = locked(Essay, essay_id, select_related=("series",))
    require(policies.may_renew_disclaimer(actor))
    if essay.state not in {EssayState.IN_REVIEW, EssayState.ON_HOLD, EssayState.APPROVED}:
        raise IllegalMove(
            f"This essay is {essay.get_state_display().lower()}; its disclaimer cannot be renewed now."
        )
    before = queries.current_revision(essay)
    assert before is not None, "an essay in review has a text"
    if before.disclaimer_id == queries.disclaimer_in_force(essay.series).pk:
        return unchanged(before)
    because("The column's newest disclaimer was put under this essay.")
    revision = steps.make_revision(
        essay, before.draft, title=before.title, body=before.body, edits=before.edits
    )
    if essay.state != EssayState.IN_REVIEW:
        ESSAY.require(essay.state, EssayState.IN_REVIEW)
        steps.move(essay, EssayState.IN_REVIEW)
    record(
        essay,
        data={
            "digest": revision.essay_digest,
            "before": before.essay_digest,
            "disclaimer": revision.disclaimer.number,
        },
    )
    return revision


def _require_reasons(
    answers: Mapping[str, bool], recommendation: str, reason_code: str, comment: str
) -> None:
    if recommendation == Recommendation.PUBLISH:
        still_open = checklist.open_items(dict(answers))
        if still_open:
            raise Unacceptable(
                "Publication can be recommended once every check is ticked. Open: "
                + "; ".join(still_open)
                + ".",
                "answers",
            )
    elif recommendation == Recommendation.DECLINE:
        if reason_code not in Reason.values:
            raise Unacceptable("Declining is a veto: choose one of the listed reasons.", "reason_code")
        if not comment.strip():
            raise Unacceptable(
                "Declining is a veto: say in the note what in the text calls for it.", "comment"
            )
    else:
        raise Unacceptable("Recommend publication, or recommend declining.", "recommendation")
