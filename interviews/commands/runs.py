"""The run of an interview: start it, ask again where an answer was cut off, skip a session, lock it all."""

from __future__ import annotations

from uuid import UUID

from audit.commands import command, locked, record
from core import clock
from core.errors import IllegalMove
from core.policies import Actor, require
from interviews import design as designs
from interviews import protocol as protocols
from interviews import steps, transcript
from interviews.events import Verb
from interviews.models import Interview, Seal, Session, Turn
from interviews.policies import (
    may_ask_again,
    may_seal_interview,
    may_skip_session,
    may_start_interview,
)
from interviews.queries.checks import acting, design_of, require_as_registered, require_reason
from interviews.queries.records import session_records
from interviews.states import ASKED_AGAIN, INTERVIEW, SESSION, InterviewState, Role, SessionState


@command(Verb.INTERVIEW_STARTED)
def start_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Make every session of the design and queue the first question of each."""
    interview = locked(Interview, interview_id)
    require(may_start_interview(actor))
    INTERVIEW.require(
        interview.state,
        InterviewState.RUNNING,
        "Only an authorised interview is started: an interviewer and a board member authorise it first."
        if interview.state == InterviewState.DRAFT
        else "This interview was started already.",
    )
    if interview.state == InterviewState.COLLECTED:
        raise IllegalMove("This interview was started already.")
    design = design_of(interview)
    require_as_registered(design)
    read = protocols.read(design.protocol_version.document)
    now = clock.now()
    interview.state, interview.started_at = InterviewState.RUNNING, now
    interview.save()
    record(interview, data={"design": design.digest})
    for cell in designs.expand(
        framings=design.framings, wordings=design.wordings, replicates=design.replicates
    ):
        session = Session(
            interview=interview,
            number=cell.number,
            key=cell.key,
            framing=cell.framing,
            wording=cell.wording,
            replicate=cell.replicate,
        )
        session.save(force_insert=True)
        steps.ask(session, design=design, protocol=read, question=read.questions[0], at=now)
    return interview


@command(Verb.QUESTION_ASKED_AGAIN)
def ask_again(*, actor: Actor, session_id: UUID) -> Session:
    """Put the last question again where the answer was cut off or the call failed; earlier tries stay.

    Never after a refusal. At most three times in a session, within the design's budget, before the lock.
    """
    interview, session = _both_locked(session_id)
    require(may_ask_again(actor))
    if session.state not in ASKED_AGAIN:
        raise IllegalMove(
            "Only an answer that was cut off, or a call that failed, is asked again. A refusal is an answer."
        )
    if interview.state not in (InterviewState.RUNNING, InterviewState.COLLECTED):
        raise IllegalMove("The transcripts are locked. Nothing is asked again after that.")
    if session.asked_again >= designs.MOST_ASKED_AGAIN:
        raise IllegalMove(
            f"This question was asked again {designs.MOST_ASKED_AGAIN} times. The session stands as it ended."
        )
    design = design_of(interview)
    require_as_registered(design)
    asked = Turn.objects.filter(session__interview=interview, role=Role.INTERVIEWER).count()
    if (asked + 1) * design.max_tokens > design.budget_tokens:
        raise IllegalMove("The design’s budget is spent. The session stands as it ended.")
    read = protocols.read(design.protocol_version.document)
    last = session.turns.filter(role=Role.INTERVIEWER).order_by("-number")[0]
    now = clock.now()
    session.asked_again += 1
    record(session, data={"question": last.question, "again": session.asked_again})
    steps.ask(session, design=design, protocol=read, question=read.question(last.question), at=now)
    if interview.state == InterviewState.COLLECTED:
        interview.state, interview.collected_at = InterviewState.RUNNING, None
        interview.save()
    return session


@command(Verb.SESSION_SKIPPED)
def skip_session(*, actor: Actor, session_id: UUID, reason: str) -> Session:
    """Leave a session that has not ended, for a reason; an answer that still comes is not taken in."""
    interview, session = _both_locked(session_id)
    require(may_skip_session(actor))
    require_reason(reason, "Say why the session is skipped.")
    SESSION.require(
        session.state, SessionState.SKIPPED, "This session has ended; only one that has not can be skipped."
    )
    now = clock.now()
    record(session, reason=reason.strip())
    steps.leave_call(session, now)
    session.state, session.call, session.note = SessionState.SKIPPED, None, reason.strip()
    session.save()
    steps.settle(interview, now)
    return session


@command(Verb.INTERVIEW_SEALED)
def seal_interview(*, actor: Actor, interview_id: UUID) -> Seal:
    """Lock the transcripts: check every chain and take one root over all sessions."""
    interview = locked(Interview, interview_id)
    require(may_seal_interview(actor))
    INTERVIEW.require(
        interview.state,
        InterviewState.SEALED,
        "Transcripts are locked once every session has ended."
        if interview.state in (InterviewState.DRAFT, InterviewState.AUTHORISED, InterviewState.RUNNING)
        else "The transcripts of this interview are locked already, or it was voided.",
    )
    design = design_of(interview)
    sessions = session_records(interview)
    broken = transcript.breaks(design=design.digest, sessions=sessions)
    if broken:
        raise IllegalMove(f"The record is not whole and is not locked. {broken[0]} Tell an auditor.")
    seal = Seal(
        interview=interview,
        root=transcript.seal_root(design=design.digest, sessions=sessions),
        document={
            "form": transcript.SEAL_FORM,
            "design": design.digest,
            "sessions": [
                {
                    "key": one.key,
                    "outcome": one.outcome,
                    "turns": len(one.turns),
                    "root": transcript.session_root(design=design.digest, session=one),
                }
                for one in sessions
            ],
        },
        by_id=acting(actor),
        at=clock.now(),
    )
    seal.save(force_insert=True)
    interview.state = InterviewState.SEALED
    interview.save()
    record(interview, data={"root": seal.root, "sessions": len(sessions)})
    return seal


def _both_locked(session_id: UUID) -> tuple[Interview, Session]:
    """The interview first, always: whoever locks both does it in this order."""
    found = Session.objects.filter(pk=session_id).only("interview_id").first()
    interview = locked(Interview, found.interview_id if found else session_id)
    return interview, locked(Session, session_id)
