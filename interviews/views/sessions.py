"""What was said: one question under all framings side by side, or one session whole; ask again, skip."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.policies import require
from core.web import submit
from interviews import policies
from interviews import protocol as protocols
from interviews.commands.runs import ask_again, skip_session
from interviews.forms import Nothing, ReasonForm
from interviews.models import Session
from interviews.queries import pages, records
from interviews.states import InterviewState
from interviews.views.interviews import loaded, page_of
from interviews.views.overview import grid_rows


@desk_page
@require_safe
def transcript(request: DeskRequest, interview_id: UUID) -> HttpResponse:
    """One question under all framings side by side (?question=&replicate=), or one session (?session=)."""
    require(policies.may_read_interviews(request.actor))
    interview = loaded(interview_id)
    read = protocols.read(interview.design.protocol_version.document)
    sessions = pages.sessions_of(interview)
    wanted = request.GET.get("session", "")
    whole = next((one for one in sessions if str(one.number) == wanted), None)
    if wanted and whole is None:
        raise Http404
    question = _question(read, request.GET.get("question", ""))
    replicate = _replicate(request.GET.get("replicate", ""), interview.design.replicates)
    shown = [whole] if whole else [one for one in sessions if one.replicate == replicate and one.wording == 1]
    turns = records.turns_of(interview)
    labels = {framing.key: framing.label for framing in read.framings}
    context = {
        "interview": interview,
        "design": interview.design,
        "read": read,
        "labels": labels,
        "question": question,
        "replicate": replicate,
        "replicates": range(1, interview.design.replicates + 1),
        "whole": whole,
        "exchanges": pages.exchanges(shown, turns, pages.quoted_in(turns), None if whole else question.id),
        "tally": pages.tally_of(one.state for one in sessions) if sessions else None,
        "grid": grid_rows(
            interview, sessions, labels, interview.design.wordings, [one.number for one in shown]
        ),
        "broken": records.integrity(interview, interview.design, records.records_of(sessions, turns)),
        "seal": getattr(interview, "seal", None),
        "takes_wishes": interview.state in (InterviewState.SEALED, InterviewState.REPORTED)
        and bool(policies.may_register_preference(request.actor)),
    }
    return render(request, "interviews/interview_transcript.html", context)


@desk_page
@show_and_do
def again(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Put the last question again where the answer was cut off or the call failed."""
    require(policies.may_ask_again(request.actor))
    session = get_object_or_404(Session.objects.select_related("interview"), pk=session_id)
    turns = list(session.turns.order_by("number"))
    return submit(
        request,
        form=Nothing(request.POST if request.method == "POST" else None),
        run=lambda data: ask_again(actor=request.actor, session_id=session.pk),
        done=lambda asked: page_of(session.interview_id),
        template="interviews/session_ask_again.html",
        context={"session": session, "exchanges": pages.exchanges([session], turns, [])},
    )


@desk_page
@show_and_do
def skip(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Leave a session that has not ended."""
    require(policies.may_skip_session(request.actor))
    session = get_object_or_404(Session.objects.select_related("interview"), pk=session_id)
    return submit(
        request,
        form=ReasonForm(request.POST if request.method == "POST" else None),
        run=lambda data: skip_session(actor=request.actor, session_id=session.pk, reason=data["reason"]),
        done=lambda skipped: page_of(session.interview_id),
        template="interviews/session_skip.html",
        context={"session": session},
    )


def _question(read: protocols.Protocol, key: str) -> protocols.Question:
    if not key:
        return read.questions[0]
    try:
        return read.question(key)
    except StopIteration:
        raise Http404 from None


def _replicate(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    if not 1 <= number <= most:
        raise Http404
    return number
