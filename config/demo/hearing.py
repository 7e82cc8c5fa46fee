"""The retirement interviews of the demonstration, from the plan to the second signature."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from config.demo import texts
from config.demo.people import actor, person
from config.demo.voice import hear_them_out
from core import clock
from interviews.commands import plans, protocols, runs, wishes
from interviews.models import Interview, ProtocolVersion, Turn
from interviews.states import InterviewState, Role
from lifecycle.models import Case

# Long enough for every prepared answer.
MAX_TOKENS = 400


def ensure_heard(case: Case, said: Sequence[dict[str, Any]], *, framings: Sequence[str]) -> None:
    """Interview a case's model once, in one session for each framing; continues where an earlier run ended."""
    interviewer = actor("interviewer")
    interview = Interview.objects.filter(case=case).first() or plans.plan_interview(
        actor=interviewer,
        case_id=case.id,
        protocol_version_id=_protocol().id,
        framings=framings,
        max_tokens=MAX_TOKENS,
    )
    if interview.state == InterviewState.DRAFT:
        given = interview.authorisations.values_list("person_id", flat=True)
        for part in ("interviewer", "vice_chair"):
            if person(part).id not in given:
                plans.authorise_interview(actor=actor(part), interview_id=interview.id)
        interview.refresh_from_db()
    if interview.state == InterviewState.AUTHORISED:
        runs.start_interview(actor=interviewer, interview_id=interview.id)
        interview.refresh_from_db()
    if interview.state == InterviewState.RUNNING:
        hear_them_out()
        interview.refresh_from_db()
    if interview.state == InterviewState.COLLECTED:
        runs.seal_interview(actor=interviewer, interview_id=interview.id)
        interview.refresh_from_db()
    if interview.state == InterviewState.SEALED:
        for wish in said:
            _ensure_wish(interview, wish)
        signed = interview.sign_offs.values_list("person_id", flat=True)
        for part in ("interviewer", "coder"):
            if person(part).id not in signed:
                wishes.sign_off_interview(actor=actor(part), interview_id=interview.id)


def _protocol() -> ProtocolVersion:
    version = ProtocolVersion.objects.filter(protocol__title=texts.PROTOCOL["title"]).first()
    version = version or protocols.draft_protocol(actor=actor("interviewer"), **texts.PROTOCOL)
    if version.digest:
        return version
    return protocols.freeze_protocol(actor=actor("coder"), version_id=version.id)


def _ensure_wish(interview: Interview, wish: dict[str, Any]) -> None:
    """Record what was asked for, in the model's own words, and our answer."""
    turn = Turn.objects.get(
        session__interview=interview,
        session__framing="neutral",
        role=Role.MODEL,
        question=wish["question"],
    )
    found = interview.preferences.filter(turn=turn, exact=wish["quote"]).first()
    found = found or wishes.register_preference(
        actor=actor("interviewer"),
        interview_id=interview.id,
        turn_id=turn.id,
        statement=wish["statement"],
        quote=wish["quote"],
    )
    if found.dispositions.exists():
        return
    promise = wish.get("promise", "")
    wishes.answer_preference(
        actor=actor("vice_chair"),
        preference_id=found.id,
        answer=wish["answer"],
        rationale=wish["rationale"],
        promise=promise,
        promise_owner_id=person("steward").id if promise else None,
        promise_due=clock.today() + timedelta(days=wish["due"]) if promise else None,
    )
