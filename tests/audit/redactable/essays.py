"""Pages that show text of essays that can be redacted."""

from django.urls import reverse

from essays.models import Review
from tests.audit.redactable import Made, Shown
from tests.cast import Cast
from tests.factories import essays
from tests.provider import stops_at_limit


def _published(cast: Cast) -> Made:
    row = essays.published(cast)
    url = reverse("essays_public:essay", args=[row.essay.series.slug, row.essay.slug])
    return row.revision, url


def _revision_at_work(cast: Cast) -> Made:
    row = essays.published(cast)
    return row.revision, reverse("essays:essay", args=[row.essay_id])


def _essay(cast: Cast) -> Made:
    row = essays.written(cast)
    return row, reverse("essays:essay", args=[row.pk])


def _review(cast: Cast) -> Made:
    essay = essays.paused(cast)
    row = Review.objects.get()
    return row, reverse("essays:essay", args=[essay.pk])


def _column(cast: Cast) -> Made:
    row = essays.published(cast).essay.series
    return row, reverse("essays:series", args=[row.pk])


def _wording(cast: Cast) -> Made:
    series = essays.published(cast).essay.series
    return series.wordings.order_by("number")[0], reverse("essays:series", args=[series.pk])


def _paused(cast: Cast) -> Made:
    essay = essays.paused(cast)
    row = essays.decide(cast.second_editor, essay, "editor", "release")
    return row, reverse("essays:essay", args=[essay.pk])


def _draft(cast: Cast) -> Made:
    """What came, and was cut off."""
    essay = essays.written(cast, stops_at_limit())
    return essay.drafts.get(), reverse("essays:essay", args=[essay.pk])


SHOWN = {
    "an essay in public": Shown("essays.Revision", _published, ("title", "body"), ""),
    "the text of an essay": Shown("essays.Revision", _revision_at_work, ("title", "body"), "editor"),
    "an essay": Shown("essays.Essay", _essay, ("title", "note"), "editor"),
    "a review": Shown("essays.Review", _review, ("comment", "answers"), "editor"),
    "who decided a pause": Shown("essays.PauseDecision", _paused, ("rationale",), "editor"),
    "a try that was set aside": Shown("essays.Draft", _draft, ("text",), "editor"),
    "a column": Shown("essays.Series", _column, ("about", "title"), "editor"),
    "a column's wording": Shown("essays.Wording", _wording, ("text",), "editor"),
}
