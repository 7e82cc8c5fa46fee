"""Reads: what stands on the desk, what a viewer sees of one essay, and what the public reads.

Rows that are not public are scoped by viewer: reviews are blind until one's own is submitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.policies import Actor
from essays import policies
from essays.models import Draft, Essay, PauseDecision, Publication, Review, Revision, Series, Wording
from essays.states import (
    AT_WORK,
    GIVEN_UP,
    NEEDED,
    Capacity,
    Decision,
    EssayState,
    Recommendation,
    WordingKind,
)
from lifecycle.models import AIModel
from lifecycle.visibility import seen_by


@dataclass(frozen=True)
class ReviewsSeen:
    """The reviews of one text as one viewer may see them. `submitted` counts all, `shown` holds what is not
    hidden.
    """

    submitted: int
    shown: Sequence[Review]
    own: Review | None
    needed: int = NEEDED

    @property
    def hidden(self) -> int:
        return self.submitted - len(self.shown)


def wording_in_force(series: Series, kind: str) -> Wording | None:
    """The newest version of one of a column's wordings."""
    return series.wordings.filter(kind=kind).order_by("-number").first()


def disclaimer_in_force(series: Series) -> Wording:
    """The disclaimer that an essay of this column goes out under now. Every column is founded with one."""
    return series.wordings.filter(kind=WordingKind.DISCLAIMER).latest("number")


def has_newer_disclaimer(revision: Revision, essay: Essay) -> bool:
    """Whether the column has adopted another disclaimer since this text was made."""
    newer = essay.series.wordings.filter(kind=WordingKind.DISCLAIMER, number__gt=revision.disclaimer.number)
    return newer.exists()


def next_number(series: Series) -> int:
    """The next issue of a column; an essay given up leaves its number free when it was the last."""
    last = series.essays.exclude(state__in=GIVEN_UP).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def current_revision(essay: Essay) -> Revision | None:
    """The text that stands now."""
    return essay.revisions.select_related("disclaimer", "draft").order_by("-number").first()


def reviews_of(revision: Revision) -> list[Review]:
    """The reviews that count: of this revision, bound to its digest, each editor's one."""
    return list(revision.reviews.filter(essay_digest=revision.essay_digest).select_related("editor"))


def pause_decisions(revision: Revision) -> dict[str, PauseDecision]:
    """The last voice in each capacity since the newest recommendation to decline."""
    declined = revision.reviews.filter(recommendation=Recommendation.DECLINE).aggregate(
        last=Max("submitted_at")
    )["last"]
    if declined is None:
        return {}
    rows = revision.pause_decisions.filter(decided_at__gte=declined).select_related("person")
    return {row.capacity: row for row in rows.order_by("decided_at")}


def pause_verdict(revision: Revision) -> Decision | None:
    """What an editor and a board member, two people, have decided alike; None while they have not."""
    voices = pause_decisions(revision)
    editor, board = voices.get(Capacity.EDITOR), voices.get(Capacity.BOARD)
    if (
        editor is None
        or board is None
        or editor.person_id == board.person_id
        or editor.decision != board.decision
    ):
        return None
    return Decision(editor.decision)


def reviews_seen(viewer: Actor | None, essay: Essay, revision: Revision | None) -> ReviewsSeen:
    """The reviews of a text without those that must not sway the viewer."""
    if revision is None:
        return ReviewsSeen(0, (), None)
    rows = reviews_of(revision)
    own = next((row for row in rows if viewer is not None and row.editor_id == viewer.id), None)
    all_of_them = policies.sees_every_review(viewer, essay, has_submitted=own is not None)
    return ReviewsSeen(len(rows), rows if all_of_them else (), own)


def review_is_seen(viewer: Actor | None, review: Review) -> bool:
    """Whether a viewer may see one review; what the timeline asks."""
    essay = review.revision.essay
    submitted = (
        viewer is not None and Review.objects.filter(revision=review.revision, editor_id=viewer.id).exists()
    )
    return policies.sees_every_review(viewer, essay, has_submitted=submitted)


def essay_for_desk(essay_id: UUID) -> QuerySet[Essay]:
    """One essay with what its page shows."""
    return Essay.objects.filter(pk=essay_id).select_related(
        "series__ai_model", "prompt", "commissioned_by", "call__endpoint", "publication__published_by"
    )


def drafts_of(essay: Essay) -> list[Draft]:
    """Everything the author brought, first try first."""
    return list(essay.drafts.select_related("attempt", "call").order_by("number"))


def at_work() -> QuerySet[Essay]:
    """The desk: essays neither out nor given up, oldest request first, with the reviews of their newest text
    counted.
    """
    newest = Revision.objects.filter(essay=OuterRef("pk")).order_by("-number").values("pk")[:1]
    reviews = Review.objects.filter(revision=OuterRef("newest")).order_by().values("revision")
    submitted = Subquery(reviews.annotate(count=Count("pk")).values("count"))
    essays = Essay.objects.filter(state__in=AT_WORK).select_related("series__ai_model", "call")
    annotated = essays.annotate(newest=Subquery(newest)).annotate(submitted=Coalesce(submitted, 0))
    return annotated.order_by("requested_at")


def lately(limit: int = 10) -> QuerySet[Essay]:
    """What left the desk most recently: published or given up."""
    gone = Essay.objects.exclude(state__in=AT_WORK).select_related("series__ai_model", "publication")
    return gone.order_by("-requested_at")[:limit]


def columns(viewer: Actor | None) -> QuerySet[Series]:
    """Every column the viewer may know of, with how many issues are out."""
    out = Count("essays", filter=Q(essays__state=EssayState.PUBLISHED))
    return (
        Series.objects.filter(seen_by(viewer, "ai_model__"))
        .select_related("ai_model")
        .annotate(issues_out=out)
        .order_by("title")
    )


def published(viewer: Actor | None, series: Series | None = None) -> QuerySet[Publication]:
    """What the viewer may read of what is out, newest first: a hidden model's essays are hidden with it."""
    seen = seen_by(viewer, "essay__series__ai_model__")
    rows = Publication.objects.filter(seen, essay__state=EssayState.PUBLISHED).select_related(
        "essay__series__ai_model", "essay__prompt", "revision__draft__attempt", "disclaimer"
    )
    return (rows if series is None else rows.filter(essay__series=series)).order_by("-published_at")


def issues_around(
    viewer: Actor | None, publication: Publication
) -> tuple[Publication | None, Publication | None]:
    """The issue before and the issue after, as they went out."""
    others = published(viewer, publication.essay.series)
    before = others.filter(essay__number__lt=publication.essay.number).order_by("-essay__number").first()
    after = others.filter(essay__number__gt=publication.essay.number).order_by("essay__number").first()
    return before, after


def to_review(editor: Actor) -> list[Essay]:
    """Essays that wait for this editor: in review, not commissioned by them, not yet reviewed by them."""
    essays = Essay.objects.filter(state=EssayState.IN_REVIEW).exclude(commissioned_by_id=editor.id)
    revisions = Revision.objects.filter(reviews__editor_id=editor.id)
    rows = essays.select_related("series").prefetch_related(Prefetch("revisions", to_attr="texts"))
    done = set(revisions.values_list("id", flat=True))
    return [
        essay for essay in rows.order_by("requested_at") if essay.texts and essay.texts[-1].id not in done
    ]


def in_states(*states: EssayState) -> QuerySet[Essay]:
    """Essays in these states with what a line on Today says of them."""
    rows = Essay.objects.filter(state__in=states).select_related("series")
    told = ("number", "title", "state", "commissioned_by_id", "requested_at", "series__title")
    return rows.only(*told).order_by("requested_at")


def wordings_of(series: Series) -> list[tuple[str, list[Wording]]]:
    """A column's wordings by kind, newest version first."""
    rows = list(series.wordings.select_related("adopted_by").order_by("-number"))
    return [(kind.label, [row for row in rows if row.kind == kind]) for kind in WordingKind]


def columns_with_newest(
    viewer: Actor | None, author: AIModel | None = None
) -> list[tuple[Series, Publication | None]]:
    """Every column, or one author's, with its newest issue, or None for one that has not begun."""
    rows = columns(viewer) if author is None else columns(viewer).filter(ai_model=author)
    newest = published(viewer).filter(essay__series__in=rows).order_by("essay__series_id", "-published_at")
    by_series = {row.essay.series_id: row for row in newest.distinct("essay__series_id")}
    return [(series, by_series.get(series.id)) for series in rows]
