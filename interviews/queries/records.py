"""What was recorded, in the pure forms that transcript.py and protocol.py work on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from core.digests import digest_of
from interviews import protocol
from interviews.models import Design, Interview, Preference, Session, Turn
from interviews.queries.wishes import answers
from interviews.states import Answer
from interviews.transcript import SessionRecord, TurnRecord, breaks
from lifecycle.queries.suspensions import suspended_models, why_paused

SIGNED_FORM = "emeritus/interview-signed/1"


def session_records(interview: Interview) -> list[SessionRecord]:
    """Every session with its turns, in the order of the design. Two queries."""
    sessions = list(Session.objects.filter(interview=interview).order_by("number"))
    return records_of(sessions, turns_of(interview))


def turns_of(interview: Interview) -> list[Turn]:
    """Everything that was said, in order. One query."""
    turns = Turn.objects.filter(session__interview=interview)
    return list(turns.order_by("session__number", "number"))


def records_of(sessions: Iterable[Session], turns: Iterable[Turn]) -> list[SessionRecord]:
    """The same from rows already at hand."""
    said: dict[Any, list[TurnRecord]] = {}
    for turn in turns:
        record = TurnRecord(turn.role, turn.text, turn.facts, turn.parent, turn.digest)
        said.setdefault(turn.session_id, []).append(record)
    return [SessionRecord(one.key, one.state, said.get(one.pk, [])) for one in sessions]


def integrity(
    interview: Interview, design: Design, records: Sequence[SessionRecord] | None = None
) -> list[str]:
    """What is wrong with the record, in sentences; empty when every digest fits. `records`: when at hand."""
    found = []
    if protocol.digest(design.document) != design.digest:
        found.append("The design is not the one that was registered.")
    seal = getattr(interview, "seal", None)
    sessions = session_records(interview) if records is None else records
    return found + breaks(design=design.digest, sessions=sessions, seal=seal.root if seal else None)


def signed_document(
    interview: Interview, design: Design, preferences: Sequence[Preference]
) -> dict[str, Any]:
    """What the two readers sign: the design, the seal, every wish with its anchor and our answer."""
    return {
        "form": SIGNED_FORM,
        "interview": str(interview.pk),
        "kind": interview.kind,
        "design": design.digest,
        "seal": interview.seal.root,
        "preferences": [preference_record(one) for one in preferences],
    }


def digest_of_record(interview: Interview, design: Design, preferences: Sequence[Preference]) -> str:
    """The digest of that. It changes with every wish and every answer; earlier signatures no longer count."""
    return digest_of(signed_document(interview, design, preferences))


def signing_digest(interview: Interview, design: Design) -> str:
    """The same with the wishes as they now are."""
    return digest_of_record(interview, design, preferences_of(interview))


def preferences_of(interview: Interview) -> list[Preference]:
    """The wishes of one interview in their order, with turn, session and answers. Two queries."""
    rows = Preference.objects.filter(interview=interview).order_by("number")
    return list(
        rows.select_related("turn__session", "commitment").prefetch_related(
            Prefetch("dispositions", answers())
        )
    )


def preference_record(preference: Preference) -> dict[str, Any]:
    """One wish as data, as it goes into digests, dossiers and exports."""
    last = preference.answered
    return {
        "number": preference.number,
        "statement": preference.statement,
        "label": preference.label,
        "quote": {
            "turn": preference.turn.digest,
            "session": preference.turn.session.key,
            "question": preference.turn.question,
            "outcome": preference.turn.outcome,
            "exact": preference.exact,
            "prefix": preference.prefix,
            "suffix": preference.suffix,
            "start": preference.start,
            "end": preference.end,
            "unit": "code points",
        },
        "answer": None
        if last is None
        else {
            "disposition": Answer(last.answer).value,
            "rationale": last.rationale,
            "promise": last.promise,
            "by": f"Decision {last.certificate.number}" if last.certificate else last.by.name,
            "at": last.at.isoformat(),
        },
    }


def sessions_of_suspended() -> QuerySet[Any]:
    """The ids of sessions whose model may not be asked now."""
    return Session.objects.filter(interview__ai_model__in=suspended_models()).order_by().values("pk")


def why_model_is_paused(session_id: UUID) -> str:
    """Why the model of a session may not be asked now, as a sentence; "" when it may."""
    return why_paused(Session.objects.filter(pk=session_id).order_by().values("interview__ai_model"))
