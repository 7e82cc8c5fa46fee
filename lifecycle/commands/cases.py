"""Open, edit, withdraw and close cases."""

from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board.models import Board
from core import clock
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.legality import misfit
from lifecycle.models import AIModel, Case
from lifecycle.queries.files import words_digest
from lifecycle.stages import Stage
from lifecycle.states import CASE, EDITABLE, CaseKind, CaseState, EffectState, OurUse
from lifecycle.steps.numbers import next_number

LONGEST = 20_000


class CaseWords(TypedDict, total=False):
    """What a case says; see `models.Case` for each."""

    title: str
    asked: str
    reason: str
    status_quo: str
    announced_on: date | None
    retires_on: date | None
    ends_as: str
    our_use: str
    replacement: str
    no_replacement_reason: str
    impact: str
    cannot_be_undone: str
    cost: str
    access_plan: str
    preservation_plan: str
    recommendation: str
    argument_against: str
    promise: str
    promise_due_on: date | None


@command(Verb.CASE_OPENED)
def open_case(
    *, actor: Actor, ai_model_id: UUID, kind: str, board_id: UUID | None = None, **words: Unpack[CaseWords]
) -> Case:
    """A new case about a model; its steward is whoever opens it. `board_id` may be left out where there is one."""
    ai_model = locked(AIModel, ai_model_id)
    require(policies.may_open_case(actor))
    if kind not in CaseKind.values:
        raise Unacceptable("Choose what the board is to decide.", "kind")
    if reason := misfit(kind, name=ai_model.name, ours=ai_model.ours, stage=ai_model.stage):
        raise Unacceptable(reason, "kind")
    case = Case(
        number=next_number("case"),
        ai_model=ai_model,
        board=_board(board_id),
        steward=Person.objects.get(pk=actor.id or ""),
        kind=kind,
        title=f"{CaseKind(kind).label} {ai_model.name}",
        opened_at=clock.now(),
    )
    _write(case, words)
    case.save(force_insert=True)
    record(case, data={"kind": kind, "ai_model": ai_model.slug})
    return case


@command(Verb.CASE_EDITED)
def edit_case(*, actor: Actor, case_id: UUID, seen: str = "", **words: Unpack[CaseWords]) -> Case:
    """Change what a case says; what is not named stays. After a freeze this begins the next round's draft.

    `seen`: the digest of the words that were read before writing, where somebody read them on a page.
    """
    case = locked(Case, case_id, select_related=("motion",))
    require(policies.may_edit_case(actor, case))
    if case.state not in EDITABLE and not _board_let_go(case):
        state = CaseState(case.state).label.lower()
        advice = " Withdraw its proposal first." if case.state == CaseState.BALLOTED else ""
        raise IllegalMove(f"Case {case.number} is {state}; what it says is fixed while that lasts.{advice}")
    if seen and seen != words_digest(case):
        raise IllegalMove(
            f"Somebody saved case {case.number} while you wrote, so nothing was overwritten. What you typed is kept"
            " below. Read the case as it stands now in another tab; save again to put your words in their place."
        )
    changed = _write(case, words)
    if not changed:
        return unchanged(case)
    if case.state != CaseState.ASSEMBLING:
        CASE.require(case.state, CaseState.ASSEMBLING)
        case.state = CaseState.ASSEMBLING
    case.save()
    record(case, data={"changed": changed})
    return case


@command(Verb.CASE_WITHDRAWN)
def withdraw_case(*, actor: Actor, case_id: UUID, reason: str) -> Case:
    """End a case without a decision. Not while the board is voting on it: withdraw the motion there first."""
    case = locked(Case, case_id, select_related=("motion",))
    require(policies.may_withdraw_case(actor, case))
    if (
        case.state == CaseState.BALLOTED
        and case.motion is not None
        and case.motion.state in ("moved", "balloted")
    ):
        raise IllegalMove("The board has a proposal on this case. Withdraw the proposal first.")
    CASE.require(case.state, CaseState.WITHDRAWN)
    if not reason.strip():
        raise Unacceptable("Say why the case is withdrawn.", "reason")
    case.state, case.ended_at = CaseState.WITHDRAWN, clock.now()
    case.save()
    record(case, reason=reason.strip())
    return case


@command(Verb.CASE_CLOSED)
def close_case(*, actor: Actor, case_id: UUID) -> Case:
    """Close a case whose effects are all carried out. Its promises stay open until each is kept or broken."""
    case = locked(Case, case_id)
    require(policies.may_close_case(actor, case))
    CASE.require(case.state, CaseState.CLOSED)
    waiting = case.effects.filter(state=EffectState.WAITING).order_by("due_on").first()
    if waiting is not None:
        raise IllegalMove(f"{waiting} is still to come. Close the case after that.")
    case.state, case.ended_at = CaseState.CLOSED, clock.now()
    case.save()
    record(case)
    return case


def _board(board_id: UUID | None) -> Board:
    if board_id is not None:
        found = Board.objects.filter(pk=board_id).first()
        if found is None:
            raise NotFound("There is no such board.")
        return found
    boards = list(Board.objects.all()[:2])
    if not boards:
        raise Unacceptable("There is no board yet that could decide this. Found one first.", "board")
    if len(boards) > 1:
        raise Unacceptable("Choose which board decides this.", "board")
    return boards[0]


def _board_let_go(case: Case) -> bool:
    """Whether the motion of a case before the board was withdrawn there, so that the case can change again."""
    return case.state == CaseState.BALLOTED and case.motion is not None and case.motion.state == "withdrawn"


def _write(case: Case, words: CaseWords) -> list[str]:
    """Set what is named, trimmed; the names of what changed."""
    changed = []
    for field, value in words.items():
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and len(text) > LONGEST:
            raise Unacceptable(f"This has {len(text)} characters; at most {LONGEST} fit.", field)
        if getattr(case, field) != text:
            setattr(case, field, text)
            changed.append(field)
    _check(case)
    return changed


def _check(case: Case) -> None:
    if not case.title:
        raise Unacceptable("Give the case a title.", "title")
    if case.ends_as not in (Stage.RETIRED, Stage.LIMITED):
        raise Unacceptable("Choose how it ends: retired, or limited to some.", "ends_as")
    if case.our_use and case.our_use not in OurUse.values:
        raise Unacceptable("Choose what our use becomes.", "our_use")
    if case.announced_on and case.retires_on and case.announced_on > case.retires_on:
        raise Unacceptable("The announcement cannot come after the day it takes effect.", "announced_on")
    if case.promise_due_on and not case.promise:
        raise Unacceptable("Say what is promised by that day.", "promise")
