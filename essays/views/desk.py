"""Reading on the desk: this week, one essay, and the part of it that lives while it is being written."""

from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page
from core.errors import NotFound
from core.policies import require
from essays import queries, wording
from essays.forms import PublishForm, ReviewForm
from essays.pages import EssayPage, essay_page
from essays.policies import may_found_series, may_read_essays, may_request_essay


def page_for(request: DeskRequest, essay_id: UUID) -> EssayPage:
    """The essay for somebody who may know of it; NotFound when there is none."""
    require(may_read_essays(request.actor))
    page = essay_page(request.actor, essay_id)
    if page is None:
        raise NotFound("There is no such essay.")
    return page


def context_of(page: EssayPage, **more: object) -> dict[str, object]:
    """What the record template needs; forms that were refused come in `more`."""
    digest = page.revision.essay_digest if page.revision else ""
    return {
        "page": page,
        "essay": page.essay,
        "question": wording.question(page),
        "sentence": wording.sentence(page),
        "review_form": ReviewForm(initial={"digest": digest}) if page.may.review else None,
        "publish_form": PublishForm(initial={"digest": digest}) if page.may.publish else None,
        "place": "essays",
        **more,
    }


@desk_page
@require_safe
def essay_list(request: DeskRequest) -> HttpResponse:
    require(may_read_essays(request.actor))
    page = queries.at_work.page(request.actor, asked=request.GET)
    counts = queries.counts_at_work(request.actor)
    context = {
        "page": page,
        "groups": [
            (queries.PARTS[part][0], list(essays))
            for part, essays in groupby(page.rows, key=attrgetter("part"))
        ],
        "at_work": counts["at_work"],
        "mine": counts["mine"],
        "first": queries.to_review(request.actor).first() if counts["mine"] else None,
        "lately": queries.lately(),
        "columns": bool(page.rows) or queries.columns(request.actor).exists(),
        "may_request": bool(may_request_essay(request.actor)),
        "may_found": bool(may_found_series(request.actor)),
        "place": "essays",
    }
    return render(request, "essays/essay_list.html", context)


@desk_page
@require_safe
def essay(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    return render(request, "essays/essay_record.html", context_of(page))


@desk_page
@require_safe
def essay_progress(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    """The live part. Once the author has answered, the whole page is loaded anew."""
    page = page_for(request, essay_id)
    response = render(request, "essays/_essay_progress.html", context_of(page))
    if not page.under_way:
        response["HX-Refresh"] = "true"
    return response
