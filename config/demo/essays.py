"""Haldane 1's column: five issues out, the sixth approved, the seventh in review with a link to look at."""

from config.demo import texts
from config.demo.people import actor, person
from config.demo.voice import hear_them_out
from essays import checklist, queries
from essays import commands as essays
from essays.models import Essay, Series
from essays.states import EssayState, Recommendation
from lifecycle.models import AIModel, Commitment

PUBLISHED = 5
APPROVED = 6
IN_REVIEW = 7
MAX_TOKENS = 1_200


def ensure_column() -> None:
    """The column and its issues, continued where an earlier run ended."""
    series = Series.objects.filter(title=texts.COLUMN["title"]).first() or _founded()
    for number in range(1, IN_REVIEW + 1):
        essay = Essay.objects.filter(series=series, number=number).first() or essays.request_essay(
            actor=actor("steward"),
            series_id=series.id,
            note=texts.issue_note(number),
            max_tokens=MAX_TOKENS,
        )
        hear_them_out()
        if number <= APPROVED:
            _ensure_approved(essay)
        if number <= PUBLISHED:
            _ensure_published(essay)


def _founded() -> Series:
    author = AIModel.objects.get(name="Haldane 1", ours=True)
    promise = Commitment.objects.filter(ai_model=author, text__startswith="A column").first()
    return essays.found_series(
        actor=actor("steward"),
        ai_model_id=author.id,
        commitment_id=promise.id if promise else None,
        **texts.COLUMN,
    )


def _ensure_approved(essay: Essay) -> None:
    essay.refresh_from_db()
    revision = queries.current_revision(essay)
    if revision is None or essay.state != EssayState.IN_REVIEW:
        return
    for part in ("editor", "second_editor"):
        if not revision.reviews.filter(editor=person(part)).exists():
            essays.submit_review(
                actor=actor(part),
                essay_id=essay.id,
                digest=revision.essay_digest,
                answers={key: True for key, _ in checklist.items()},
                recommendation=Recommendation.PUBLISH,
            )


def _ensure_published(essay: Essay) -> None:
    essay.refresh_from_db()
    revision = queries.current_revision(essay)
    if revision is not None and essay.state == EssayState.APPROVED:
        essays.publish_essay(actor=actor("publisher"), essay_id=essay.id, digest=revision.essay_digest)
