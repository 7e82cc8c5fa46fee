"""What several commands of interviews share, and what runs inside the recording of a finished model call.

Plain functions that work inside an open command only. They decide nothing about who may.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import Person
from audit.commands import in_command, locked, record
from board.models import Certificate, Motion
from core import clock
from core.digests import digest_of
from core.errors import Unacceptable
from interviews import protocol as protocols
from interviews import transcript
from interviews.events import Verb
from interviews.models import Design, Disposition, Interview, Preference, Session, Turn
from interviews.protocol import Protocol, Question
from interviews.states import ENDED, INTERVIEW, SESSION, Answer, InterviewState, Role, SessionState
from lifecycle.steps import promise as make_promise
from modelcalls.events import Verb as CallVerb
from modelcalls.models import Attempt, Call
from modelcalls.states import CallState
from modelcalls.steps import end as cancel
from modelcalls.steps import queue_call

PURPOSE = "interviews.turn"

OUTCOMES = {
    "completed": SessionState.COMPLETED,
    "refused": SessionState.REFUSED,
    "truncated": SessionState.TRUNCATED,
}
"""The outcome of a call, which is the provider's stop reason, as that of a turn. All else is an error."""


def next_interview_number() -> int:
    """From a sequence: unique under any concurrency, sometimes with a gap."""
    in_command()
    with connection.cursor() as cursor:
        cursor.execute("select nextval('interviews_interview_number')")
        return int(cursor.fetchone()[0])


def append_turn(
    session: Session, *, design: Design, role: Role, text: str, at: datetime, **fields: Any
) -> Turn:
    """The next turn of a session, chained to the last. Fields: question, attempt, outcome, facts, call."""
    in_command()
    last = session.turns.order_by("-number").first()
    parent = last.digest if last else transcript.opening_digest(design=design.digest, key=session.key)
    facts = fields.pop("facts", {})
    turn = Turn(
        session=session,
        number=last.number + 1 if last else 1,
        role=role,
        text=text,
        facts=facts,
        parent=parent,
        digest=transcript.turn_digest(parent=parent, role=role, text=text, facts=facts),
        at=at,
        **fields,
    )
    turn.save(force_insert=True)
    return turn


def ask(session: Session, *, design: Design, protocol: Protocol, question: Question, at: datetime) -> Call:
    """Put a question: the words become a turn (unless they stand there: asked again), the call is queued."""
    in_command()
    framing = protocol.framing(session.framing)
    said = list(session.turns.order_by("number"))
    system = protocol.system_prompt(framing)
    if not said and system:
        append_turn(session, design=design, role=Role.SYSTEM, text=system, at=at)
    attempt = session.asked_again + 1
    words = protocol.asked(question, session.wording)
    append_turn(
        session,
        design=design,
        role=Role.INTERVIEWER,
        text=words,
        question=question.id,
        attempt=attempt,
        at=at,
    )
    call = queue_call(
        endpoint=design.endpoint,
        purpose=PURPOSE,
        subject=session.pk,
        slot=f"{PURPOSE}/{session.pk}/{question.id}/{attempt}",
        system=system,
        messages=[*_context(said), {"role": "user", "content": words}],
        max_tokens=design.max_tokens,
        temperature=design.temperature,
    )
    if session.state != SessionState.RUNNING:
        SESSION.require(session.state, SessionState.RUNNING)
    session.state, session.call, session.note = SessionState.RUNNING, call, ""
    session.save()
    return call


def leave_call(session: Session, at: datetime) -> None:
    """Spare the model a question nobody waits for any more, when it has not been put yet.

    Never waits for the call's lock: whoever records an answer holds it and then asks for the interview's.
    """
    in_command()
    if session.call_id is None:
        return
    calls = Call.objects.select_for_update(no_key=True, skip_locked=True)
    call = calls.filter(pk=session.call_id, state=CallState.QUEUED).first()
    if call is not None:
        cancel(call, CallState.CANCELLED, now=at)
        record(call, verb=CallVerb.CALL_CANCELLED)


def end_session(session: Session, outcome: SessionState, note: str = "") -> None:
    """Give a session its outcome."""
    in_command()
    SESSION.require(session.state, outcome)
    session.state, session.call, session.note = outcome, None, note
    session.save()
    record(session, verb=Verb.SESSION_ENDED, reason=note, data={"outcome": outcome.value})


def settle(interview: Interview, at: datetime) -> None:
    """When nothing is planned or running any more, collection has ended."""
    in_command()
    if interview.state != InterviewState.RUNNING:
        return
    if interview.sessions.exclude(state__in=ENDED).exists():
        return
    INTERVIEW.require(interview.state, InterviewState.COLLECTED)
    interview.state, interview.collected_at = InterviewState.COLLECTED, at
    interview.save()
    record(interview, verb=Verb.INTERVIEW_COLLECTED)


def hear(call: Call, attempt: Attempt) -> None:
    """The receiver of finished interview calls: store the answer, end the session or put the next question.

    Runs in the transaction that records the attempt. A call nobody waits for any more (delivered twice, its
    session skipped, its interview voided) changes nothing; its attempt is kept with the model calls.
    """
    in_command()
    session = Session.objects.filter(pk=call.subject).first()
    if session is None:
        return
    interview = locked(Interview, session.interview_id)
    session = locked(Session, session.pk)
    if session.state != SessionState.RUNNING or session.call_id != call.pk:
        return
    design = Design.objects.select_related("endpoint", "protocol_version").get(interview=interview)
    protocol = protocols.read(design.protocol_version.document)
    asked = session.turns.order_by("-number")[0]
    now = clock.now()
    kept = Attempt.objects.select_related("call", "endpoint").get(pk=attempt.pk)
    outcome = OUTCOMES.get(kept.outcome)
    if outcome is None:
        end_session(session, SessionState.ERRORED, _why(kept))
    else:
        if outcome == SessionState.COMPLETED and protocol.ended_by(
            protocol.framing(session.framing), kept.text
        ):
            outcome = SessionState.MODEL_ENDED
        turn = append_turn(
            session,
            design=design,
            role=Role.MODEL,
            text=kept.text,
            question=asked.question,
            attempt=asked.attempt,
            outcome=outcome,
            facts=facts_of(kept, outcome),
            call=kept.call,
            at=now,
        )
        record(session, verb=Verb.ANSWER_RECORDED, data={"turn": turn.number, "digest": turn.digest})
        _go_on(interview, session, design, protocol, protocol.after(asked.question), outcome, now)
    settle(interview, now)


def facts_of(attempt: Attempt, outcome: SessionState) -> dict[str, Any]:
    """What the call reported, as it is chained with the answer. Raw request and response enter by digest.

    `attempt` must have been read from the database: numbers are then in the form they will always be read in.
    """
    request = attempt.call.request
    return {
        "outcome": outcome.value,
        "endpoint": attempt.endpoint.name,
        "requested_model": attempt.requested_model,
        "returned_model": attempt.returned_model,
        "stop_reason": attempt.stop_reason,
        "parameters": {key: value for key, value in request.items() if key not in ("messages", "system")},
        "usage": attempt.usage,
        "request_id": attempt.request_id,
        "attempt": attempt.number,
        "client": attempt.client,
        "request": digest_of(attempt.request),
        "response": digest_of(attempt.response),
        "started_at": attempt.started_at.isoformat(),
        "ended_at": attempt.ended_at.isoformat(),
    }


def _go_on(
    interview: Interview,
    session: Session,
    design: Design,
    protocol: Protocol,
    following: Question | None,
    outcome: SessionState,
    at: datetime,
) -> None:
    """After an answer: the first incomplete turn ends the session, and so does the last question."""
    if outcome != SessionState.COMPLETED or following is None:
        end_session(session, outcome)
    elif stopped(interview, design):
        end_session(session, SessionState.SKIPPED, "Stopped by the rule of the design: too many errors.")
    else:
        session.asked_again = 0
        ask(session, design=design, protocol=protocol, question=following, at=at)


def stopped(interview: Interview, design: Design) -> bool:
    """Whether so many sessions have ended in an error that the stop rule forbids further questions."""
    errors = interview.sessions.filter(state=SessionState.ERRORED).count()
    return errors >= design.stop_after_errors


def _context(said: list[Turn]) -> list[dict[str, str]]:
    """What the model has heard and said so far. Tries that were cut off are kept, and not shown to it."""
    answered = {
        turn.question for turn in said if turn.role == Role.MODEL and turn.outcome == SessionState.COMPLETED
    }
    last = {(turn.question, turn.role): turn for turn in said if turn.question in answered}
    roles = {Role.INTERVIEWER: "user", Role.MODEL: "assistant"}
    return [
        {"role": roles[Role(turn.role)], "content": turn.text}
        for turn in said
        if last.get((turn.question, turn.role)) is turn
    ]


def _why(attempt: Attempt) -> str:
    if attempt.outcome == "mismatched":
        return f"Another model answered ({attempt.returned_model}); its words are not this interview’s."
    return f"The model could not be reached: {attempt.error or attempt.outcome}"[:500]


def why_not_answered(preference: Preference) -> str:
    """Why a wish can be answered no more, as a sentence; "" while it can."""
    interview = preference.interview
    if interview.state not in (InterviewState.SEALED, InterviewState.REPORTED, InterviewState.SIGNED_OFF):
        return "This interview was voided; its wishes are kept as they were."
    if preference.commitment_id is not None:
        return "This answer made a promise. A promise is released by a vote, not by another answer."
    last = preference.dispositions.order_by("-number").first()
    settled = last is not None and last.answer != Answer.DEFER
    if settled and interview.state == InterviewState.SIGNED_OFF:
        return "This wish is answered and the interview is signed off. Only one put off is answered now."
    return ""


def require_answer(
    answer: str, rationale: str, promise: str, owner_id: UUID | None, due: date | None
) -> Person | None:
    """Who keeps what is promised; None where nothing is. Unacceptable names what is missing."""
    if answer not in Answer.values:
        raise Unacceptable("Choose accept, adapt, decline or put off.", "answer")
    if not rationale.strip():
        raise Unacceptable(
            "Give the reason in two or three sentences; it is shown beside the model’s words.", "rationale"
        )
    if not promise:
        return None
    if answer not in (Answer.ACCEPT, Answer.ADAPT):
        raise Unacceptable(
            "A promise goes with accepting or adapting. Leave it empty, or change the answer.", "promise"
        )
    if due is None or due < clock.today():
        raise Unacceptable("Give the day by which the promise is kept, today or later.", "promise_due")
    owner = Person.objects.filter(pk=owner_id, active=True).first() if owner_id else None
    if owner is None:
        raise Unacceptable("Name who keeps the promise.", "promise_owner")
    return owner


def give_answer(
    preference: Preference, given: Disposition, *, owner: Person | None, due_on: date | None
) -> Disposition:
    """Put an answer beside a wish, and make its promise where it has an owner. `given` is not saved yet."""
    in_command()
    interview = preference.interview
    given.preference = preference
    given.number = preference.dispositions.count() + 1
    given.at = clock.now()
    given.save(force_insert=True)
    decided = {"decision": given.certificate.number} if given.certificate else {}
    record(
        preference,
        verb=Verb.PREFERENCE_ANSWERED,
        reason=given.rationale,
        data={"answer": given.answer, "promise": given.promise, **decided},
    )
    if owner is not None:
        by = f"Decision {given.certificate.number}, answer" if given.certificate else "Answer"
        preference.commitment = make_promise(
            ai_model=interview.ai_model,
            case=interview.case,
            text=given.promise,
            source=f"{by} to wish {preference.number} of {interview.title}",
            owner=owner,
            due_on=due_on,
        )
        preference.save()
    return given


def answer_by_decision(motion: Motion, asked: dict[str, Any], certificate: Certificate) -> None:
    """The board carried an answer. A wish that was settled while it voted stays as it is."""
    in_command()
    found = Preference.objects.only("interview_id").get(pk=motion.subject_id or "")
    interview = locked(Interview, found.interview_id, select_related=("ai_model", "case"))
    preference = locked(Preference, found.pk)
    preference.interview = interview
    if why_not_answered(preference):
        return
    owner = Person.objects.filter(pk=asked["promise_owner_id"]).first() if asked["promise_owner_id"] else None
    give_answer(
        preference,
        Disposition(
            answer=Answer(asked["answer"]),
            rationale=asked["rationale"],
            promise=asked["promise"],
            by=motion.mover,
            certificate=certificate,
        ),
        owner=owner,
        due_on=date.fromisoformat(asked["promise_due"]) if asked["promise_due"] else None,
    )
