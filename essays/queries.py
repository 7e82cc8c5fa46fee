"""Reads: what stands on the desk, what a viewer sees of one essay, and what the public reads.

Rows that are not public are scoped by viewer: reviews are blind until one's own is submitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.states import Role
from board.models import Motion
from board.states import MotionState
from core.listing import listed
from core.policies import Actor, any_of
from core.prepared import written_once
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
        "series__ai_model",
        "prompt",
        "commissioned_by",
        "call__endpoint",
        "publication__published_by",
        "declined_by",
    )


VETO = "essay"
"""The kind of motion that declines one: a key of `board.registry.kinds`."""


def veto_motions(essay: Essay) -> QuerySet[Motion]:
    """Motions before the board that ask to decline this essay: moved, or in a vote."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    return Motion.objects.filter(kind=VETO, subject_id=essay.pk, state__in=live).order_by("number")


def drafts_of(essay: Essay) -> list[Draft]:
    """Everything the author brought, first try first."""
    return list(essay.drafts.select_related("attempt", "call").order_by("number"))


# What needs a person first: the parts of the desk in their order, and the order of essays on it.
PARTS = (
    ("To be reviewed", (EssayState.IN_REVIEW, EssayState.DRAFTED)),
    ("Paused", (EssayState.ON_HOLD,)),
    ("Ready to go out", (EssayState.APPROVED, EssayState.SCHEDULED)),
    ("Not written", (EssayState.GENERATION_FAILED,)),
    ("Being written", (EssayState.REQUESTED, EssayState.GENERATING)),
)


@listed("part", "requested_at", "pk")
def at_work(viewer: Actor) -> QuerySet[Essay]:
    """The desk: essays neither out nor given up, with the reviews of their newest text counted.

    `part` is the place of its part in PARTS; `mine` whether it waits for the viewer's review.
    """
    reviews = Review.objects.filter(revision=OuterRef("newest")).order_by().values("revision")
    submitted = Subquery(reviews.annotate(count=Count("pk")).values("count"))
    part = Case(*(When(state__in=states, then=place) for place, (_, states) in enumerate(PARTS)))
    rows = _with_newest_text(Essay.objects.filter(state__in=AT_WORK)).annotate(
        submitted=Coalesce(submitted, 0), part=part, mine=Q(_waits_for(viewer))
    )
    return rows.select_related("series__ai_model")


def counts_at_work(viewer: Actor) -> dict[str, int]:
    """How many essays are `at_work`, and how many of them are `mine`: wait for the viewer's review."""
    counts: dict[bool, int] = dict(_counted(viewer))
    return {"at_work": sum(counts.values()), "mine": counts.get(True, 0)}


@written_once
def _counted(viewer: Actor) -> QuerySet[Any, Any]:
    rows = _with_newest_text(Essay.objects.filter(state__in=AT_WORK)).order_by()
    told = rows.annotate(mine=Case(When(_waits_for(viewer), then=True), default=False)).values("mine")
    return told.annotate(number=Count("pk")).values_list("mine", "number")


def _with_newest_text(rows: QuerySet[Essay]) -> QuerySet[Essay]:
    """`newest` is the key of the text that stands now."""
    texts = Revision.objects.filter(essay=OuterRef("pk")).order_by("-number").values("pk")
    return rows.annotate(newest=Subquery(texts[:1]))


def _waits_for(editor: Actor) -> Q:
    """In review, not commissioned by this editor, its `newest` text not yet reviewed by them. Nothing for others."""
    if not any_of(editor, Role.EDITOR):
        return Q(pk__in=[])
    given = Review.objects.filter(revision=OuterRef("newest"), editor_id=editor.id)
    waits = Q(state=EssayState.IN_REVIEW, newest__isnull=False) & ~Q(Exists(given))
    return waits & ~Q(commissioned_by_id=editor.id)


def lately(limit: int = 10) -> QuerySet[Essay]:
    """What left the desk most recently: published or given up."""
    gone = Essay.objects.exclude(state__in=AT_WORK).select_related("series__ai_model", "publication")
    return gone.order_by("-requested_at")[:limit]


# The order of columns in a list.
BY_TITLE = ("title", "pk")


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


def to_review(editor: Actor) -> QuerySet[Essay]:
    """Essays that wait for this editor's review, the oldest request first. None for others."""
    rows = _with_newest_text(Essay.objects.all()).filter(_waits_for(editor))
    return rows.select_related("series").order_by("requested_at")


def in_hand(actor: Actor) -> QuerySet[Essay]:
    """What waits for anybody like this actor, the oldest request first: paused, ready to go out, or not written.

    Who commissioned an essay looks after one that failed, and does not decide about it.
    """
    own, others = Q(commissioned_by_id=actor.id), ~Q(commissioned_by_id=actor.id)
    waits = Q(pk__in=[])
    if any_of(actor, Role.EDITOR, Role.BOARD_MEMBER):
        waits |= others & Q(state=EssayState.ON_HOLD)
    if any_of(actor, Role.PUBLISHER):
        waits |= others & Q(state=EssayState.APPROVED)
    if any_of(actor, Role.STEWARD):
        waits |= own & Q(state=EssayState.GENERATION_FAILED)
    told = ("number", "title", "state", "commissioned_by_id", "requested_at", "series__title")
    return Essay.objects.filter(waits).select_related("series").only(*told).order_by("requested_at")


def wordings_of(series: Series) -> list[tuple[str, list[Wording]]]:
    """A column's wordings by kind, newest version first."""
    rows = list(series.wordings.select_related("adopted_by").order_by("-number"))
    return [(kind.label, [row for row in rows if row.kind == kind]) for kind in WordingKind]


def with_newest(viewer: Actor | None, rows: Sequence[Series]) -> list[tuple[Series, Publication | None]]:
    """Columns, each with its newest issue, or None for one that has not begun."""
    newest = published(viewer).filter(essay__series__in=rows).order_by("essay__series_id", "-published_at")
    by_series = {row.essay.series_id: row for row in newest.distinct("essay__series_id")}
    return [(series, by_series.get(series.id)) for series in rows]
