"""Reads for pages: lists, the run, the transcript. Each a constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from core import clock
from interviews.models import Design, Interview, Preference, ProtocolVersion, Session, Turn
from interviews.states import ASKED_AGAIN, ENDED, Role, SessionState
from modelcalls.models import Attempt

PATIENCE = timedelta(seconds=30)
"""How long a call may stand in the queue before the page says that no worker takes it."""


@dataclass(frozen=True)
class Tally:
    """The sessions of an interview by outcome; they always add up to those planned."""

    counts: dict[str, int]
    planned: int

    @property
    def ended(self) -> int:
        return sum(self.counts.get(state, 0) for state in ENDED)

    @property
    def waiting(self) -> int:
        return self.planned - self.ended

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """(state, words, number) of every outcome there is, in the order of the states."""
        words = {SessionState.MODEL_ENDED: "ended by the model", SessionState.ERRORED: "in error"}
        return [
            (state.value, words.get(state, state.label.lower()), self.counts[state])
            for state in _SHOWN_FIRST
            if self.counts.get(state)
        ]

    @property
    def completed_in_words(self) -> str:
        """ "3 of 4 sessions were completed": the number in a sentence; `sum_in_words` accounts for the others."""
        done = self.counts.get(SessionState.COMPLETED, 0)
        if self.planned == 1:
            return "its session was completed" if done else "its session was not completed"
        return f"{done} of {self.planned} sessions were completed"

    @property
    def sum_in_words(self) -> str:
        """ "3 completed + 1 truncated = 4 planned": the line under every grid."""
        return (
            " + ".join(f"{number} {words}" for _, words, number in self.parts) + f" = {self.planned} planned"
        )


_SHOWN_FIRST = (
    SessionState.COMPLETED,
    SessionState.REFUSED,
    SessionState.TRUNCATED,
    SessionState.MODEL_ENDED,
    SessionState.ERRORED,
    SessionState.SKIPPED,
    SessionState.RUNNING,
    SessionState.PLANNED,
)


def tally_of(states: Iterable[str]) -> Tally:
    counts = Counter(str(state) for state in states)
    return Tally(dict(counts), sum(counts.values()))


@dataclass(frozen=True)
class GridRow:
    """One framing (and wording) of the grid with its sessions in order."""

    label: str
    sessions: list[Session]
    completed: int


def grid(sessions: Sequence[Session], labels: dict[str, str], wordings: int) -> list[GridRow]:
    """The grid of squares: a row per framing and wording, a square per replicate."""
    rows: dict[tuple[str, int], list[Session]] = {}
    for session in sessions:
        rows.setdefault((session.framing, session.wording), []).append(session)
    return [
        GridRow(
            labels.get(framing, framing) + (f", wording {wording}" if wordings > 1 else ""),
            row,
            sum(one.state == SessionState.COMPLETED for one in row),
        )
        for (framing, wording), row in rows.items()
    ]


def interviews_listed() -> QuerySet[Interview]:
    return Interview.objects.select_related("ai_model", "case", "interviewer")


def tallies(interviews: Sequence[Interview]) -> dict[UUID, Tally]:
    """The sessions of each of these interviews by outcome. One query."""
    counted = (
        Session.objects.filter(interview__in=interviews)
        .order_by()
        .values_list("interview_id", "state")
        .annotate(number=Count("pk"))
    )
    found: dict[UUID, dict[str, int]] = {interview.pk: {} for interview in interviews}
    for key, state, number in counted:
        found[key][state] = number
    return {key: Tally(counts, sum(counts.values())) for key, counts in found.items()}


def outcomes() -> dict[str, Count]:
    """Annotations that count an interview's sessions by outcome, in the query that reads the interview."""
    return {f"n_{state}": Count("sessions", filter=Q(sessions__state=state)) for state in SessionState}


def tally_annotated(interview: Interview) -> Tally:
    """The tally of an interview that was read with `outcomes`."""
    counts = {state.value: count for state in SessionState if (count := getattr(interview, f"n_{state}"))}
    return Tally(counts, sum(counts.values()))


def interview_whole(interview_id: UUID) -> Interview | None:
    """An interview with what its pages show at the head. One query."""
    related = (
        "ai_model",
        "case",
        "interviewer",
        "design__protocol_version__protocol",
        "design__endpoint",
        "seal__by",
    )
    return Interview.objects.select_related(*related).filter(pk=interview_id).first()


def sessions_of(interview: Interview) -> list[Session]:
    """The sessions in the order of the design, with the calls they wait for. One query."""
    return list(interview.sessions.select_related("call").order_by("number"))


def trouble(sessions: Sequence[Session], endpoint: str, *, paused: str = "") -> str:
    """Why a run does not move, in a sentence; empty when it does. What is queued stays queued either way.

    `paused`: why its model may not be asked at all now, where that is so.
    """
    calls = [session.call for session in sessions if session.call is not None]
    stuck = next((call for call in calls if call.state not in ("queued", "running")), None)
    if stuck is not None:
        why = f"could not be handed on ({stuck.undelivered})" if stuck.undelivered else "was cancelled"
        return f"{stuck} {why}. Open it under Records to hand it on again, or skip its session."
    if not calls or any(call.state == "running" for call in calls):
        return ""
    if paused:
        return paused
    failed = [call.pk for call in calls if call.tries > 0]
    if failed:
        last = Attempt.objects.filter(call__in=failed).order_by("-ended_at").first()
        error = f" It said: {last.error}" if last and last.error else ""
        return (
            f"{endpoint} does not answer.{error} The questions stay queued and are put again by themselves."
        )
    if clock.now() - min(call.queued_at for call in calls) > PATIENCE:
        return (
            "No worker has taken these questions up yet. They stay queued and nothing is lost; "
            "start a worker, or ask whoever runs this installation."
        )
    return ""


def can_be_asked_again(session: Session) -> bool:
    return session.state in ASKED_AGAIN


@dataclass(frozen=True)
class Said:
    """One answer with its passages: text in parts, each marked or not."""

    turn: Turn
    parts: list[tuple[str, Preference | None]]


def said(turn: Turn, quoted: Iterable[Preference]) -> Said:
    """The answer cut at the passages quoted from it; a passage inside another is not marked twice."""
    parts: list[tuple[str, Preference | None]] = []
    position = 0
    for preference in sorted(quoted, key=lambda one: (one.start, -one.end)):
        if preference.start < position:
            continue
        parts.append((turn.text[position : preference.start], None))
        parts.append((turn.text[preference.start : preference.end], preference))
        position = preference.end
    parts.append((turn.text[position:], None))
    return Said(turn, [part for part in parts if part[0]])


@dataclass(frozen=True)
class Exchange:
    """One question as it was put in one session, and every answer to it, cut-off tries too.

    `told_in` and `asked_in` are the turns in which these words stand.
    """

    session: Session
    told_in: Turn | None
    asked_in: Turn
    answers: list[Said]

    @property
    def told(self) -> str:
        return self.told_in.text if self.told_in is not None else ""

    @property
    def asked(self) -> str:
        return self.asked_in.text


def quoted_in(turns: Sequence[Turn]) -> list[Preference]:
    """The wishes quoted from these turns. One query."""
    return list(Preference.objects.filter(turn__in=[turn.pk for turn in turns]))


def exchanges(
    sessions: Sequence[Session],
    turns: Sequence[Turn],
    wishes: Iterable[Preference],
    question: str | None = None,
) -> list[Exchange]:
    """What was said in these sessions, one exchange per question, or about one question."""
    quoted: dict[UUID, list[Preference]] = {}
    for preference in wishes:
        quoted.setdefault(preference.turn_id, []).append(preference)
    found: list[Exchange] = []
    for session in sessions:
        own = [turn for turn in turns if turn.session_id == session.pk]
        told = next((turn for turn in own if turn.role == Role.SYSTEM), None)
        asked = {turn.question: turn for turn in own if turn.role == Role.INTERVIEWER}
        for key, put in asked.items():
            if question is not None and key != question:
                continue
            answers = [
                said(turn, quoted.get(turn.pk, []))
                for turn in own
                if turn.role == Role.MODEL and turn.question == key
            ]
            found.append(Exchange(session, told, put, answers))
    return found


def answers_of(interview: Interview) -> list[Turn]:
    """Every answer with words in it, for choosing one to quote. One query."""
    turns = Turn.objects.filter(session__interview=interview, role=Role.MODEL).exclude(text="")
    return list(turns.select_related("session").order_by("session__number", "number"))


BY_PROTOCOL = ("title", "protocol_id", "-number")


def protocols_listed() -> QuerySet[ProtocolVersion]:
    """All versions; in the order BY_PROTOCOL the newest of each protocol first."""
    rows = ProtocolVersion.objects.select_related("protocol", "author", "frozen_by")
    return rows.annotate(title=F("protocol__title"))


def plan_in_words(design: Design, questions: int) -> dict[str, Any]:
    """The numbers of a design, for its page."""
    sessions = len(design.document["sessions"])
    return {
        "sessions": sessions,
        "questions": questions,
        "calls": sessions * questions,
        "most": sessions * questions * design.max_tokens,
    }
