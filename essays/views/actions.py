"""What is done to essays: each view shows its form on GET and calls one command on POST."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from core.door import DeskRequest, desk_page, show_and_do
from core.errors import IllegalMove
from core.policies import require
from core.web import submit
from essays import commands
from essays.forms import (
    AskAgainForm,
    DecideForm,
    PublishForm,
    RenewForm,
    RequestForm,
    ReviewForm,
    VetoForm,
    WithdrawForm,
)
from essays.models import Essay
from essays.pages import EssayPage
from essays.policies import (
    may_ask_again,
    may_decide_pause,
    may_propose_veto,
    may_publish_essay,
    may_renew_disclaimer,
    may_request_essay,
    may_submit_review,
    may_withdraw_essay,
)
from essays.queries import disclaimer_in_force
from essays.states import Capacity
from essays.vetoes import why_not
from essays.views.desk import context_of, page_for


def posted(request: DeskRequest) -> QueryDict | None:
    """What was sent, for a form that is bound on POST even when nothing was typed."""
    return request.POST if request.method == "POST" else None


def url_of(essay: Essay) -> str:
    return reverse("essays:essay", args=[essay.pk])


def _digest(page: EssayPage) -> dict[str, str]:
    return {"digest": page.revision.essay_digest if page.revision else ""}


def _back(request: DeskRequest, page: EssayPage, said: str) -> str:
    messages.success(request, said)
    return url_of(page.essay)


@desk_page
@show_and_do
def request_essay(request: DeskRequest) -> HttpResponse:
    require(may_request_essay(request.actor))
    form = RequestForm(posted(request), initial={"series": request.GET.get("series")})

    def run(data: dict[str, Any]) -> Essay:
        series = data.pop("series")
        return commands.request_essay(actor=request.actor, series_id=series.id, **data)

    context = {"place": "essays", "any_column": form.fields["series"].queryset.exists()}  # type: ignore[attr-defined]
    return submit(
        request,
        form=form,
        run=run,
        done=url_of,
        template="essays/essay_request.html",
        context=context,
        once=True,
    )


@desk_page
@show_and_do
def review_essay(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    require(may_submit_review(request.actor, page.essay))
    form = ReviewForm(posted(request), initial=_digest(page))

    def run(data: dict[str, Any]) -> object:
        said = {key: data[key] for key in ("digest", "comment", "reason_code", "recommendation")}
        return commands.submit_review(actor=request.actor, essay_id=essay_id, answers=form.answers(), **said)

    return submit(
        request,
        form=form,
        run=run,
        done=lambda _: _back(request, page, "Your review is recorded, for this very text."),
        template="essays/essay_record.html",
        context=context_of(page, review_form=form),
    )


@desk_page
@show_and_do
def publish_essay(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    require(may_publish_essay(request.actor, page.essay))
    form = PublishForm(posted(request), initial=_digest(page))
    return submit(
        request,
        form=form,
        run=lambda data: commands.publish_essay(
            actor=request.actor, essay_id=essay_id, digest=data["digest"]
        ),
        done=lambda _: _back(request, page, f"Issue {page.essay.number} is out."),
        template="essays/essay_record.html",
        context=context_of(page, publish_form=form),
    )


@desk_page
@show_and_do
def ask_again(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    require(may_ask_again(request.actor))
    form = AskAgainForm(posted(request), initial={"max_tokens": page.essay.max_tokens})
    return _small(
        request,
        page,
        form,
        verb="Ask again",
        title=f"Ask {page.essay.series.ai_model.name} again",
        sentence="What came before stays visible beside the new answer.",
        run=lambda data: commands.ask_again(actor=request.actor, essay_id=essay_id, **data),
        said="The author has been asked again.",
    )


@desk_page
@show_and_do
def withdraw_essay(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    require(may_withdraw_essay(request.actor))
    return _small(
        request,
        page,
        WithdrawForm(posted(request)),
        verb="Withdraw",
        title=f"Withdraw issue {page.essay.number}",
        sentence="It does not go out. Everything about it stays on record, and its number is free again.",
        run=lambda data: commands.withdraw_essay(actor=request.actor, essay_id=essay_id, **data),
        said=f"Issue {page.essay.number} is withdrawn.",
    )


@desk_page
@show_and_do
def decide_pause(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    verdicts = [may_decide_pause(request.actor, page.essay, capacity) for capacity in Capacity.values]
    if not any(verdicts):
        require(verdicts[0])
    form = DecideForm(posted(request), initial=_digest(page), capacities=tuple(page.may.capacities))
    return _small(
        request,
        page,
        form,
        verb="Record decision",
        title=f"May issue {page.essay.number} stand?",
        sentence="An editor and a board member, two people, decide alike. To decline is a veto: give a listed reason.",
        run=lambda data: commands.decide_pause(actor=request.actor, essay_id=essay_id, **data),
        said="Your decision is recorded.",
        text=True,
    )


@desk_page
@show_and_do
def propose_veto(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    """Ask the board to decline a paused essay."""
    page = page_for(request, essay_id)
    require(may_propose_veto(request.actor, page.essay))
    if request.method != "POST" and (refusal := why_not(page.essay, _digest(page)["digest"])):
        raise IllegalMove(refusal)
    return submit(
        request,
        form=VetoForm(posted(request), initial=_digest(page)),
        run=lambda data: commands.propose_veto(actor=request.actor, essay_id=essay_id, **data),
        done=lambda motion: reverse("board:motion", args=[motion.pk]),
        template="essays/essay_action.html",
        context={
            "page": page,
            "essay": page.essay,
            "verb": "Make proposal",
            "title": f"Shall the board decline issue {page.essay.number}?",
            "sentence": "A vote decides it, on this very text. Until then nobody else ends the pause.",
            "text": True,
            "place": "essays",
        },
        once=True,
    )


@desk_page
@show_and_do
def renew_disclaimer(request: DeskRequest, essay_id: UUID) -> HttpResponse:
    page = page_for(request, essay_id)
    require(may_renew_disclaimer(request.actor))
    return _small(
        request,
        page,
        RenewForm(posted(request)),
        verb="Put the newest disclaimer under it",
        title=f"A newer disclaimer for issue {page.essay.number}",
        sentence="The essay is then a new text: every review of the old one ends, and two editors read it anew.",
        run=lambda data: commands.renew_disclaimer(actor=request.actor, essay_id=essay_id),
        said="The newest disclaimer stands under the essay. It waits for two reviews.",
        disclaimer=disclaimer_in_force(page.essay.series),
    )


def _small(
    request: DeskRequest, page: EssayPage, form: Any, *, run: Any, said: str, **more: object
) -> HttpResponse:
    """A page with one short form and one button, named by its verb."""
    return submit(
        request,
        form=form,
        run=run,
        done=lambda _: _back(request, page, said),
        template="essays/essay_action.html",
        context={"page": page, "essay": page.essay, "place": "essays", **more},
    )
