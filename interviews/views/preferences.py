"""Wishes and answers: what did it ask, what did we reply?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board.policies import may_read_board
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import Unacceptable
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from interviews import policies
from interviews.commands.answers import propose_answer
from interviews.commands.wishes import answer_preference, register_preference
from interviews.forms import AnswerForm, PreferenceForm, ProposedAnswerForm
from interviews.models import Interview, Preference, Turn
from interviews.queries import cases, pages, wishes
from interviews.steps import why_not_answered


def page_of(preference: Preference) -> str:
    return f"{reverse('interviews:preference-list')}?interview={preference.interview_id}#wish-{preference.pk}"


@desk_page
@require_safe
def preference_list(request: DeskRequest) -> HttpResponse:
    """Every wish with our answer, of one interview (?interview=) or of all; ?show= one kind of answer."""
    require(policies.may_read_interviews(request.actor))
    interview = _chosen(request.GET.get("interview", ""))
    rows = wishes.preferences_listed(interview=interview.pk if interview else None)
    counts = wishes.answered_as(rows)
    show = request.GET.get("show", "")
    page = page_by_key(wishes.answered_with(rows, show), request.GET, by=("-at", "-pk"), size=20)
    asked = wishes.answers_asked(page.rows)
    context = {
        "interview": interview,
        "page": page,
        "wishes": [
            {
                "preference": one,
                "source": cases.source_line(one),
                "answer": one.answered,
                "asked": asked.get(one.pk),
            }
            for one in page.rows
        ],
        "headline": wishes.wishes_in_words(counts, interview),
        "tabs": wishes.wish_tabs(counts, show, interview),
        "may_answer": policies.may_answer_preference(request.actor),
        "may_propose": policies.may_propose_answer(request.actor),
        "reads_board": may_read_board(request.actor),
        "may_register": policies.may_register_preference(request.actor),
    }
    return render(request, "interviews/preference_list.html", context)


@desk_page
@show_and_do
def register(request: DeskRequest) -> HttpResponse:
    """Record a wish from an answer: ?turn=, or ?interview= to choose one of its answers."""
    require(policies.may_register_preference(request.actor))
    turn = _turn(request.GET.get("turn", ""))
    interview = turn.session.interview if turn else _chosen(request.GET.get("interview", ""))
    if interview is None and request.method == "POST":
        raise Unacceptable("Choose the interview the wish comes from, then an answer in it.")
    if interview is None:
        return render(request, "interviews/preference_where.html")
    form = PreferenceForm(
        request.POST if request.method == "POST" else None,
        interview=interview,
        initial={"turn": turn.pk if turn else None},
    )
    return submit(
        request,
        form=form,
        run=lambda data: register_preference(
            actor=request.actor,
            interview_id=interview.pk,
            turn_id=data["turn"].pk,
            statement=data["statement"],
            quote=data["quote"],
        ),
        done=page_of,
        template="interviews/preference_register.html",
        context={
            "interview": interview,
            "turn": turn,
            "answers": [turn] if turn else pages.answers_of(interview),
        },
        once=True,
    )


@desk_page
@show_and_do
def answer(request: DeskRequest, preference_id: UUID) -> HttpResponse:
    """Accept, adapt, decline or put off, with the reason and perhaps a promise."""
    require(policies.may_answer_preference(request.actor))
    rows = wishes.preferences_listed()
    preference = get_object_or_404(rows, pk=preference_id)
    return submit(
        request,
        form=AnswerForm(request.POST if request.method == "POST" else None),
        run=lambda data: answer_preference(
            actor=request.actor,
            preference_id=preference.pk,
            answer=data["answer"],
            rationale=data["rationale"],
            promise=data["promise"],
            promise_owner_id=data["promise_owner"].pk if data["promise_owner"] else None,
            promise_due=data["promise_due"],
        ),
        done=lambda disposition: page_of(preference),
        template="interviews/preference_answer.html",
        context={
            "preference": preference,
            "source": cases.source_line(preference),
            "earlier": list(preference.dispositions.all()),
        },
    )


@desk_page
@show_and_do
def propose(request: DeskRequest, preference_id: UUID) -> HttpResponse:
    """Let the board itself answer, by a vote."""
    require(policies.may_propose_answer(request.actor))
    preference = get_object_or_404(wishes.preferences_listed(), pk=preference_id)
    return submit(
        request,
        form=ProposedAnswerForm(request.POST if request.method == "POST" else None),
        run=lambda data: propose_answer(
            actor=request.actor,
            preference_id=preference.pk,
            board_id=data["board_id"],
            answer=data["answer"],
            rationale=data["rationale"],
            promise=data["promise"],
            promise_owner_id=data["promise_owner"].pk if data["promise_owner"] else None,
            promise_due=data["promise_due"],
        ),
        done=lambda motion: reverse("board:motion", args=[motion.pk]),
        template="interviews/preference_answer.html",
        context={
            "preference": preference,
            "source": cases.source_line(preference),
            "earlier": list(preference.dispositions.all()),
            "proposing": True,
            "waiting": wishes.answer_motions(preference).first(),
            "refusal": why_not_answered(preference),
        },
        once=True,
    )


def _chosen(key: str) -> Interview | None:
    if not key:
        return None
    try:
        found = Interview.objects.select_related("ai_model", "case").get(pk=UUID(key))
    except (ValueError, Interview.DoesNotExist):
        raise Http404 from None
    return found


def _turn(key: str) -> Turn | None:
    if not key:
        return None
    try:
        rows = Turn.objects.select_related("session__interview__ai_model").filter(role="model")
        return rows.get(pk=UUID(key))
    except (ValueError, Turn.DoesNotExist):
        raise Http404 from None
