"""What readers see: the columns, the issues of one, an essay with its proof, and the files to check it with."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.paging import page_by_key
from core.policies import Actor
from essays import digest, queries
from essays.badges import badges
from essays.headline import opening
from essays.models import Publication
from lifecycle.visibility import is_shown


def _viewer(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def _publication(request: HttpRequest, series_slug: str, slug: str) -> Publication:
    found = (
        queries.published(_viewer(request)).filter(essay__series__slug=series_slug, essay__slug=slug).first()
    )
    if found is None:
        raise Http404("No essay is published here.")
    return found


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Every column that has something to read, with its newest issue, and those still to begin."""
    viewer = _viewer(request)
    page = page_by_key(queries.columns(viewer), request.GET, by=queries.BY_TITLE, size=20)
    context = {"page": page, "columns": queries.with_newest(viewer, page.rows), "place": "essays"}
    return render(request, "essays/column_list.html", context)


@require_safe
def column(request: HttpRequest, series_slug: str) -> HttpResponse:
    series = get_object_or_404(queries.columns(_viewer(request)), slug=series_slug)
    rows = queries.published(_viewer(request), series)
    page = page_by_key(rows, request.GET, by=("-published_at", "-pk"), size=20)
    context = {
        "series": series,
        "page": page,
        "issues": [(row, badges(row.revision.draft.text, row.revision.body)) for row in page.rows],
        "hidden": not is_shown(series.ai_model, clock.now()),
        "place": "essays",
    }
    return render(request, "essays/column.html", context)


@require_safe
def essay(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    publication = _publication(request, series_slug, slug)
    revision = publication.revision
    before, after = queries.issues_around(_viewer(request), publication)
    context = {
        "publication": publication,
        "essay": publication.essay,
        "series": publication.essay.series,
        "revision": revision,
        "draft": revision.draft,
        "attempt": revision.draft.attempt,
        "opening": opening(revision.body),
        "badges": badges(revision.draft.text, revision.body),
        "minutes": max(1, round(len(revision.body.split()) / 230)),
        "body_digest": digest.text_digest(revision.body),
        "hidden": not is_shown(publication.essay.series.ai_model, clock.now()),
        "before": before,
        "after": after,
        "place": "essays",
    }
    return render(request, "essays/essay.html", context)


@require_safe
def raw_text(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    """The author's raw output, in UTF-8 with LF line ends."""
    publication = _publication(request, series_slug, slug)
    return _file(
        digest.lines(publication.revision.draft.text).encode(), "text/plain; charset=utf-8", f"{slug}.txt"
    )


@require_safe
def document(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    """The very bytes that the digest is over."""
    revision = _publication(request, series_slug, slug).revision
    content = digest.document(
        body=revision.body,
        title=revision.title,
        disclaimer_version=revision.disclaimer.number,
        edits=revision.edits,
    )
    return _file(content, "application/json", f"{slug}.json")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    # An attachment: a browser must not make a page of a model's text.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
