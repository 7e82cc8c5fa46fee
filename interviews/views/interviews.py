"""Interviews: which are there, plan one, and the steps of one from authorisation to signature."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from interviews.commands.plans import authorise_interview, plan_interview, void_interview
from interviews.commands.runs import seal_interview, start_interview
from interviews.commands.wishes import sign_off_interview
from interviews.forms import Nothing, PlanForm, ReasonForm, SignForm
from interviews.models import Interview
from interviews.policies import (
    may_authorise_interview,
    may_plan_interview,
    may_read_interviews,
    may_seal_interview,
    may_sign_off_interview,
    may_start_interview,
    may_void_interview,
)
from interviews.queries import pages, records
from interviews.views.overview import overview


def loaded(interview_id: UUID) -> Interview:
    """The interview with what pages show of it, or 404."""
    interview = pages.interview_whole(interview_id)
    if interview is None:
        raise Http404
    return interview


def page_of(interview_id: UUID) -> str:
    return reverse("interviews:interview-detail", args=[interview_id])


@desk_page
@require_safe
def interview_list(request: DeskRequest) -> HttpResponse:
    """All interviews, newest first."""
    require(may_read_interviews(request.actor))
    page = page_by_key(pages.interviews_listed(), request.GET)
    counted = pages.tallies(page.rows)
    context = {
        "page": page,
        "rows": [(interview, counted[interview.pk]) for interview in page.rows],
        "may_plan": may_plan_interview(request.actor),
    }
    return render(request, "interviews/interview_list.html", context)


@desk_page
@require_safe
def detail(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """Is it going well? The run with its grid, and the one next step."""
    require(may_read_interviews(request.actor))
    return render(request, "interviews/interview_detail.html", overview(request.actor, loaded(interview_id)))


@desk_page
@require_safe
def progress(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """The live part of the run, asked for again while it runs; then the whole page, for its next step."""
    require(may_read_interviews(request.actor))
    context = overview(request.actor, loaded(interview_id))
    response = render(request, "interviews/_progress.html", context)
    if not context["running"]:
        response["HX-Refresh"] = "true"
    return response


@desk_page
@show_and_do
def plan(request: DeskRequest) -> HttpResponse:
    """Plan an interview; its design is fixed by its digest here."""
    require(may_plan_interview(request.actor))

    def run(data: dict[str, Any]) -> Interview:
        case, version = data.pop("case"), data.pop("protocol_version")
        return plan_interview(actor=request.actor, case_id=case.pk, protocol_version_id=version.pk, **data)

    return submit(
        request,
        form=PlanForm(
            request.POST if request.method == "POST" else None, initial={"case": request.GET.get("case")}
        ),
        run=run,
        done=lambda interview: page_of(interview.pk),
        template="interviews/interview_plan.html",
        once=True,
    )


@desk_page
@show_and_do
def authorise(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """Will this answer the question, at what cost? One of two people says that it may be run."""
    interview = loaded(interview_id)
    given = list(interview.authorisations.values_list("person_id", "capacity"))
    require(may_authorise_interview(request.actor, given))
    return submit(
        request,
        form=Nothing(request.POST if request.method == "POST" else None),
        run=lambda data: authorise_interview(actor=request.actor, interview_id=interview.pk),
        done=lambda authorisation: page_of(interview.pk),
        template="interviews/interview_authorise.html",
        context=overview(request.actor, interview),
    )


@desk_page
@show_and_do
def start(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """Put the first question in every session."""
    interview = loaded(interview_id)
    require(may_start_interview(request.actor))
    return submit(
        request,
        form=Nothing(request.POST if request.method == "POST" else None),
        run=lambda data: start_interview(actor=request.actor, interview_id=interview.pk),
        done=lambda started: page_of(interview.pk),
        template="interviews/interview_start.html",
        context=overview(request.actor, interview),
    )


@desk_page
@show_and_do
def seal(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """Lock the transcripts."""
    interview = loaded(interview_id)
    require(may_seal_interview(request.actor))
    return submit(
        request,
        form=Nothing(request.POST if request.method == "POST" else None),
        run=lambda data: seal_interview(actor=request.actor, interview_id=interview.pk),
        done=lambda sealed: page_of(interview.pk),
        template="interviews/interview_seal.html",
        context=overview(request.actor, interview),
    )


@desk_page
@show_and_do
def sign_off(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """Read everything on one page and sign it."""
    interview = loaded(interview_id)
    context = overview(request.actor, interview)
    signed = [(one.person_id, one.as_interviewer) for one in context["signatures"]]
    require(may_sign_off_interview(request.actor, signed))
    turns = records.turns_of(interview)
    chains = records.records_of(context["sessions"], turns)
    return submit(
        request,
        form=SignForm(
            request.POST if request.method == "POST" else None, initial={"digest": context["digest"]}
        ),
        run=lambda data: sign_off_interview(
            actor=request.actor,
            interview_id=interview.pk,
            digest=data["digest"],
            statement=data["statement"],
        ),
        done=lambda signature: page_of(interview.pk),
        template="interviews/interview_sign_off.html",
        context=context
        | {
            "exchanges": pages.exchanges(context["sessions"], turns, context["wishes"]),
            "broken": records.integrity(interview, interview.design, chains),
        },
    )


@desk_page
@show_and_do
def void(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """Say that an interview does not count, and why."""
    interview = loaded(interview_id)
    require(may_void_interview(request.actor, interview))
    return submit(
        request,
        form=ReasonForm(request.POST if request.method == "POST" else None),
        run=lambda data: void_interview(
            actor=request.actor, interview_id=interview.pk, reason=data["reason"]
        ),
        done=lambda voided: page_of(interview.pk),
        template="interviews/interview_void.html",
        context={"interview": interview},
    )
