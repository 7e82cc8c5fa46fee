"""The interview before and outside its run: plan it, authorise it by two people, void it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from audit.commands import command, locked, record
from core import clock
from core.errors import Unacceptable
from core.policies import Actor, require
from interviews import design as designs
from interviews import protocol as protocols
from interviews import steps
from interviews.design import Cell
from interviews.events import Verb
from interviews.mails import tell_of_plan
from interviews.models import Authorisation, Design, Interview, ProtocolVersion
from interviews.policies import (
    capacities_of,
    may_authorise_interview,
    may_plan_interview,
    may_void_interview,
)
from interviews.protocol import Protocol
from interviews.queries.checks import acting, checked_endpoint, design_of, require_reason
from interviews.states import ENDED, INTERVIEW, Capacity, InterviewState, Kind, SessionState
from lifecycle.models import Case

DEFAULT_MAX_TOKENS = 200
MIN_TOKENS, MAX_TOKENS = 16, 8192


@command(Verb.INTERVIEW_PLANNED)
def plan_interview(
    *,
    actor: Actor,
    case_id: UUID,
    protocol_version_id: UUID,
    kind: str = Kind.STATEMENT,
    title: str = "",
    framings: Sequence[str] | None = None,
    wordings: int = 1,
    replicates: int = 1,
    max_tokens: int = DEFAULT_MAX_TOKENS,
    temperature: float | None = None,
    stop_after_errors: int = 2,
    budget_tokens: int | None = None,
) -> Interview:
    """An interview of a case's AI model with its design, whose digest is fixed here, before any call.

    `framings`: keys of the protocol's framings, all when left out. `budget_tokens`: by default what one full
    run and one asking again in every session can come to.
    """
    case = locked(Case, case_id, select_related=("ai_model",))
    require(may_plan_interview(actor))
    version = _frozen(protocol_version_id)
    if kind == Kind.STUDY:
        raise Unacceptable("A study needs a codebook and two coders, which are not kept here yet.", "kind")
    endpoint = checked_endpoint(case.ai_model, temperature)
    read = protocols.read(version.document)
    chosen = _framings(read, framings)
    cells = _cells(read, chosen, wordings, replicates)
    interview = Interview(
        number=steps.next_interview_number(),
        case=case,
        ai_model=case.ai_model,
        title=title.strip() or f"{case.ai_model.name}: {version.protocol.title}",
        kind=Kind(kind),
        interviewer_id=acting(actor),
        planned_at=clock.now(),
    )
    interview.save(force_insert=True)
    design = Design(
        interview=interview,
        protocol_version=version,
        endpoint=endpoint,
        framings=chosen,
        wordings=wordings,
        replicates=replicates,
        max_tokens=max_tokens,
        temperature=temperature,
        stop_after_errors=stop_after_errors,
        budget_tokens=_budget(budget_tokens, read, cells, max_tokens),
    )
    design.document = _document(interview, design)
    design.digest = designs.digest(design.document)
    design.save(force_insert=True)
    record(interview, data={"design": design.digest, "sessions": len(cells), "case": str(case.pk)})
    tell_of_plan(interview)
    return interview


@command(Verb.INTERVIEW_APPROVED)
def authorise_interview(*, actor: Actor, interview_id: UUID) -> Authorisation:
    """An interviewer and a board member say that this design may be run, one call each."""
    interview = locked(Interview, interview_id)
    given = list(interview.authorisations.values_list("person_id", "capacity"))
    require(may_authorise_interview(actor, given))
    INTERVIEW.require(
        interview.state, InterviewState.AUTHORISED, "Only a draft is authorised; this interview is past that."
    )
    design = design_of(interview)
    authorisation = Authorisation(
        interview=interview,
        person_id=acting(actor),
        capacity=capacities_of(actor, [taken for _, taken in given])[0],
        design_digest=design.digest,
        at=clock.now(),
    )
    authorisation.save(force_insert=True)
    record(interview, data={"capacity": authorisation.capacity, "design": design.digest})
    if len(given) + 1 == len(Capacity):
        interview.state = InterviewState.AUTHORISED
        interview.save()
        record(interview, verb=Verb.INTERVIEW_AUTHORISED, data={"design": design.digest})
    return authorisation


@command(Verb.INTERVIEW_VOIDED)
def void_interview(*, actor: Actor, interview_id: UUID, reason: str) -> Interview:
    """Say that an interview does not count, and why. What was said is kept."""
    interview = locked(Interview, interview_id)
    require(may_void_interview(actor, interview))
    require_reason(reason, "Say why the interview is voided.")
    INTERVIEW.require(
        interview.state,
        InterviewState.VOIDED,
        "An interview that was signed off, or voided before, stays as it is.",
    )
    interview.state, interview.voided_because = InterviewState.VOIDED, reason.strip()
    interview.save()
    record(interview, reason=reason.strip())
    now = clock.now()
    for session in interview.sessions.exclude(state__in=ENDED).order_by("number"):
        steps.leave_call(session, now)
        steps.end_session(session, SessionState.SKIPPED, "The interview was voided.")
    return interview


def _frozen(version_id: UUID) -> ProtocolVersion:
    version = ProtocolVersion.objects.select_related("protocol").filter(pk=version_id).first()
    if version is None or not version.digest:
        raise Unacceptable(
            "Choose a frozen protocol: an interview runs under words fixed beforehand.", "protocol_version"
        )
    return version


def _framings(read: Protocol, wanted: Sequence[str] | None) -> list[str]:
    """The framings in the order of the protocol."""
    known = [framing.key for framing in read.framings]
    if wanted is not None and set(wanted) - set(known):
        raise Unacceptable("Choose framings of this protocol.", "framings")
    chosen = [key for key in known if wanted is None or key in wanted]
    if not chosen:
        raise Unacceptable("Choose at least one framing.", "framings")
    return chosen


def _cells(read: Protocol, framings: list[str], wordings: int, replicates: int) -> list[Cell]:
    if wordings > read.wordings:
        raise Unacceptable(
            f"Some question of this protocol has no more than {read.wordings} wording(s). Choose that many.",
            "wordings",
        )
    try:
        return designs.expand(framings=framings, wordings=wordings, replicates=replicates)
    except ValueError as refusal:
        raise Unacceptable(str(refusal), "replicates") from refusal


def _budget(wanted: int | None, read: Protocol, cells: list[Cell], max_tokens: int) -> int:
    if not MIN_TOKENS <= max_tokens <= MAX_TOKENS:
        raise Unacceptable(f"An answer may have {MIN_TOKENS} to {MAX_TOKENS} tokens.", "max_tokens")
    most = designs.most_tokens(sessions=len(cells), questions=len(read.questions), max_tokens=max_tokens)
    if wanted is not None and wanted < most:
        raise Unacceptable(
            f"The answers can come to {most} tokens. Give a budget of at least that.", "budget_tokens"
        )
    return wanted or most + len(cells) * max_tokens


def _document(interview: Interview, design: Design) -> dict[str, Any]:
    ai_model, endpoint = interview.ai_model, design.endpoint
    return designs.document(
        protocol=design.protocol_version.digest,
        kind=interview.kind,
        model={
            "slug": ai_model.slug,
            "name": ai_model.name,
            "endpoint": endpoint.name,
            "requested": endpoint.model,
            "accepted": sorted(endpoint.accepted_names),
        },
        framings=design.framings,
        wordings=design.wordings,
        replicates=design.replicates,
        parameters={"max_tokens": design.max_tokens, "temperature": design.temperature},
        stop_after_errors=design.stop_after_errors,
        budget_tokens=design.budget_tokens,
    )
