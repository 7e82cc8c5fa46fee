"""What every page of one interview shows at its head: counts, grid, next step. Reads only."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.policies import Actor, Verdict
from interviews import design as designs
from interviews import policies
from interviews import protocol as protocols
from interviews.models import Interview
from interviews.queries import pages, records
from interviews.states import InterviewState
from lifecycle.queries.suspensions import why_paused

Step = tuple[str, str, Verdict]


def overview(actor: Actor, interview: Interview) -> dict[str, Any]:
    """The context of a page about one interview. A constant number of queries."""
    design = interview.design
    read = protocols.read(design.protocol_version.document)
    sessions = pages.sessions_of(interview)
    labels = {framing.key: framing.label for framing in read.framings}
    planned = len(design.document["sessions"])
    tally = pages.tally_of(session.state for session in sessions) if sessions else None
    locked = interview.state in (InterviewState.SEALED, InterviewState.REPORTED, InterviewState.SIGNED_OFF)
    wishes = records.preferences_of(interview) if locked else []
    digest = records.digest_of_record(interview, design, wishes) if locked else ""
    signatures = list(interview.sign_offs.select_related("person").order_by("at")) if locked else []
    context = {
        "interview": interview,
        "design": design,
        "read": read,
        "labels": labels,
        "sessions": sessions,
        "tally": tally,
        "grid": grid_rows(interview, sessions, labels, design.wordings),
        "plan": pages.plan_in_words(design, len(read.questions)),
        "can_show": designs.what_it_can_show(
            kind=interview.kind, framings=len(design.framings), sessions=planned
        ),
        "authorisations": list(interview.authorisations.select_related("person").order_by("at")),
        "trouble": pages.trouble(sessions, design.endpoint.name, paused=why_paused(interview.ai_model_id))
        if _runs(interview)
        else "",
        "running": _runs(interview),
        "locked": locked,
        "wishes": wishes,
        "unanswered": [one for one in wishes if one.answered is None],
        "digest": digest,
        "signatures": [one for one in signatures if one.digest == digest],
        "void_signatures": [one for one in signatures if one.digest != digest],
    }
    context["again"] = [one for one in sessions if pages.can_be_asked_again(one)] if _open(interview) else []
    context["may_ask_again"] = policies.may_ask_again(actor)
    context["may_skip"] = policies.may_skip_session(actor)
    context["may_void"] = policies.may_void_interview(actor, interview)
    context["may_wish"] = policies.may_register_preference(actor)
    context["may_answer"] = policies.may_answer_preference(actor)
    context["step"] = next_step(actor, interview, context)
    context["stands"] = stands(interview, context)
    return context


def stands(interview: Interview, context: dict[str, Any]) -> str:
    """Where the interview stands, in a sentence for the head of its page."""
    kind, tally, unanswered = interview.get_kind_display(), context["tally"], len(context["unanswered"])
    counted = f"{kind}: {tally.completed_in_words}." if tally else f"{kind}."
    if interview.state == InterviewState.DRAFT:
        return context["can_show"]
    if interview.state == InterviewState.AUTHORISED:
        return f"{kind}, authorised by two people. No question was put yet."
    if interview.state == InterviewState.RUNNING:
        return f"{kind}, running. You can leave this page: what is queued stays queued."
    if interview.state == InterviewState.COLLECTED:
        return f"{counted} The transcripts are not locked yet."
    if interview.state == InterviewState.VOIDED:
        return f"It does not count: {interview.voided_because}"
    if interview.state == InterviewState.SIGNED_OFF:
        names = " and ".join(one.person.name for one in context["signatures"])
        return f"{counted} Read and signed by {names}."
    if unanswered:
        has = "wish has" if unanswered == 1 else "wishes have"
        return f"{counted} The transcripts are locked; {unanswered} {has} no answer yet."
    wishes = "every wish is answered" if context["wishes"] else "no wish is recorded"
    return f"{counted} The transcripts are locked; {wishes}."


def grid_rows(
    interview: Interview, sessions: list[Any], labels: dict[str, str], wordings: int, current: Any = ()
) -> list[dict[str, Any]]:
    """Rows for the drawing of squares, each square a link to its transcript."""
    page = reverse("interviews:interview-transcript", args=[interview.pk])
    return [
        {
            "label": row.label,
            "total": f"{row.completed} of {len(row.sessions)}",
            "cells": [
                {
                    "outcome": session.state,
                    "name": f"Session {session.number}",
                    "url": f"{page}?session={session.number}",
                    "current": session.number in current,
                }
                for session in row.sessions
            ],
        }
        for row in pages.grid(sessions, labels, wordings)
    ]


def next_step(actor: Actor, interview: Interview, context: dict[str, Any]) -> Step | None:
    """The one next act: its words, its URL name, and whether this person may."""
    given = [(one.person_id, one.capacity) for one in context["authorisations"]]
    signed = [(one.person_id, one.as_interviewer) for one in context["signatures"]]
    steps: dict[str, Step] = {
        InterviewState.DRAFT: (
            "Authorise",
            "interviews:interview-authorise",
            policies.may_authorise_interview(actor, given),
        ),
        InterviewState.AUTHORISED: (
            "Start",
            "interviews:interview-start",
            policies.may_start_interview(actor),
        ),
        InterviewState.COLLECTED: (
            "Lock transcripts",
            "interviews:interview-seal",
            policies.may_seal_interview(actor),
        ),
        InterviewState.SEALED: (
            "Read and sign",
            "interviews:interview-sign-off",
            policies.may_sign_off_interview(actor, signed),
        ),
    }
    return steps.get(interview.state)


def _runs(interview: Interview) -> bool:
    return interview.state == InterviewState.RUNNING


def _open(interview: Interview) -> bool:
    return interview.state in (InterviewState.RUNNING, InterviewState.COLLECTED)
