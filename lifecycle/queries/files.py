"""Cases as files on the desk: the list, and one case with where it is, what blocks it and what comes next."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from board.models import Ballot, Certificate, Recusal
from board.states import BallotState
from core.digests import digest_of
from core.policies import Actor, any_of
from lifecycle.models import Case, Commitment, Dossier, Effect
from lifecycle.queries.dossiers import (
    Checked,
    Part,
    brief_parts,
    draft_of,
    findings,
    findings_of,
    missing,
)
from lifecycle.queries.waivers import waivers_asked
from lifecycle.registry import Status
from lifecycle.states import CASE, EDITABLE, WAIVABLE, CaseState, EffectState

WORDS = (
    "title", "asked", "reason", "status_quo", "announced_on", "retires_on", "ends_as", "our_use", "replacement",
    "no_replacement_reason", "impact", "cannot_be_undone", "cost", "access_plan", "preservation_plan",
    "recommendation", "argument_against", "promise", "promise_due_on",
)  # fmt: skip
"""What can be edited of a case."""

DECIDED = (CaseState.DECIDED, CaseState.IN_EFFECT, CaseState.CLOSED)


def words_digest(case: Case) -> str:
    """Names the words of a case as they stand, so that a form can say which ones it was filled in over."""
    return digest_of({name: str(getattr(case, name)) for name in WORDS})


@dataclass(frozen=True)
class RailStep:
    """One of Hear · Assemble · Decide · Carry out · Keep."""

    label: str
    state: str
    when: str = ""
    day: datetime | None = None


@dataclass(frozen=True)
class CaseFile:
    """All that a case's page shows."""

    case: Case
    rail: list[RailStep]
    requirements: list[Checked]
    brief: list[Part]
    lacking: list[str]
    dossiers: list[Dossier]
    effects: list[Effect]
    promises: list[Commitment]
    ballot: Ballot | None
    certificate: Certificate | None

    @property
    def dossier(self) -> Dossier | None:
        return self.dossiers[0] if self.dossiers else None

    @property
    def unmet(self) -> list[Checked]:
        return [each for each in self.requirements if each.finding.forbids]

    @property
    def waivable(self) -> bool:
        """Whether something is not met that nobody has asked the board to waive."""
        return self.case.state in WAIVABLE and any(not each.asked for each in self.unmet)

    @property
    def editable(self) -> bool:
        motion = self.case.motion
        withdrawn = motion is not None and motion.state == "withdrawn"
        return self.case.state in EDITABLE or (self.case.state == CaseState.BALLOTED and withdrawn)

    @property
    def frozen(self) -> bool:
        """Whether the brief shown is the frozen one."""
        return bool(self.dossiers) and self.case.state not in (CaseState.DRAFT, CaseState.ASSEMBLING)

    @property
    def withdrawable(self) -> bool:
        before_the_board = self.case.motion is not None and self.case.motion.state in ("moved", "balloted")
        return CASE.allows(self.case.state, CaseState.WITHDRAWN) and not before_the_board

    @property
    def closable(self) -> bool:
        waiting = any(effect.state == EffectState.WAITING for effect in self.effects)
        return CASE.allows(self.case.state, CaseState.CLOSED) and not waiting

    @property
    def has_other_steps(self) -> bool:
        return self.withdrawable or self.closable

    @property
    def voting(self) -> bool:
        """Whether its vote is open."""
        return self.ballot is not None and self.ballot.state == BallotState.OPEN

    @property
    def over(self) -> bool:
        return self.case.state in (CaseState.CLOSED, CaseState.WITHDRAWN)


def cases_to_list(*, state: str = "", kind: str = "") -> QuerySet[Case]:
    rows = Case.objects.select_related("ai_model", "steward", "motion")
    if state == "live":
        rows = rows.exclude(state__in=[CaseState.CLOSED, CaseState.WITHDRAWN])
    elif state:
        rows = rows.filter(state=state)
    return rows.filter(kind=kind) if kind else rows


def case_to_show(case_id: UUID) -> Case | None:
    return Case.objects.select_related("ai_model", "board", "steward", "motion").filter(pk=case_id).first()


def recused_from(actor: Actor, case: Case) -> bool:
    """Whether this person recused themselves in a round on this case: its papers are not for them."""
    if case.motion_id is None or actor.id is None or not any_of(actor, "board_member"):
        return False
    return Recusal.objects.filter(ballot__motion_id=case.motion_id, elector__person_id=actor.id).exists()


def case_file(case: Case) -> CaseFile:
    """The case with its requirements, its dossiers, its vote and what came of it.

    Until it is decided its requirements are checked now; afterwards they are shown as they were frozen.
    """
    dossiers = list(case.dossiers.order_by("-round"))
    frozen = bool(dossiers) and case.state not in (CaseState.DRAFT, CaseState.ASSEMBLING)
    decided = case.state in DECIDED
    checked = findings_of(dossiers[0].document) if decided and dossiers else findings(case)
    if not decided and any(each.finding.forbids for each in checked):
        asked = waivers_asked(case)
        checked = [replace(each, asked=asked.get(each.key)) for each in checked]
    ballot = _ballot(case)
    effects = list(case.effects.select_related("certificate").order_by("due_on")) if decided else []
    return CaseFile(
        case=case,
        rail=_rail(case, checked, dossiers, ballot, effects),
        requirements=checked,
        brief=brief_parts(dossiers[0].document if frozen else draft_of(case)),
        lacking=missing(case),
        dossiers=dossiers,
        effects=effects,
        promises=list(case.commitments.select_related("owner").order_by("-number")),
        ballot=ballot,
        certificate=getattr(ballot, "certificate", None),
    )


def _ballot(case: Case) -> Ballot | None:
    """The newest round of the case's motion, with its certificate."""
    if case.motion_id is None:
        return None
    rounds = Ballot.objects.filter(motion_id=case.motion_id).select_related("certificate")
    return rounds.order_by("-round").first()


_DECIDE = 2  # where it stands on the rail


def _rail(
    case: Case, checked: list[Checked], dossiers: list[Dossier], ballot: Ballot | None, effects: list[Effect]
) -> list[RailStep]:
    order = list(CaseState)
    at = order.index(CaseState(case.state))
    past_ready, past_vote = at >= order.index(CaseState.BALLOTED), at >= order.index(CaseState.DECIDED)
    heard = next((each for each in checked if each.key == "interview_signed_off"), None)
    hear_done = heard is not None and heard.finding.status != Status.NOT_MET
    carried = bool(effects) and all(effect.carried_out_at for effect in effects)
    withdrawn = case.state == CaseState.WITHDRAWN
    kept = case.state == CaseState.CLOSED
    done = [
        hear_done or past_ready,
        past_ready and not withdrawn,
        past_vote and not withdrawn,
        (carried or kept) and not withdrawn,
        kept,
    ]
    days = [
        None,
        dossiers[0].frozen_at if dossiers else None,
        ballot.closes_at if ballot else None,
        None,
        case.ended_at,
    ]
    if effects and effects[-1].carried_out_at:
        days[3] = effects[-1].carried_out_at
    labels = ("Hear", "Assemble", "Decide", "Carry out", "Keep")
    current = next((index for index, finished in enumerate(done) if not finished), None)
    if withdrawn or case.state == CaseState.CLOSED:
        current = None
    words = {index: _when(index, done[index], current) for index in range(len(labels))}
    if heard is not None and heard.finding.status == Status.DOES_NOT_APPLY:
        words[0] = "Does not apply"
    if current == _DECIDE and ballot is not None and ballot.state == BallotState.OPEN:
        words[_DECIDE] = "Now, until"
    return [
        RailStep(label, _place(index, done[index], current), words[index], days[index])
        for index, label in enumerate(labels)
    ]


def _place(index: int, done: bool, current: int | None) -> str:
    if done:
        return "done"
    return "now" if index == current else "next"


def _when(index: int, done: bool, current: int | None) -> str:
    if done:
        return "Done"
    return "Now" if index == current else "Still to come"
