"""The plan of a case: its rules, what has happened, and the latest dates before one wished day."""

from dataclasses import dataclass
from datetime import date

from board.models import Ballot, Terms
from board.queries import terms_named
from board.timing import terms_of_kind
from core import clock
from lifecycle import plan
from lifecycle.models import Case
from lifecycle.queries.dossiers import findings
from lifecycle.registry import Status
from lifecycle.states import EDITABLE, CaseKind, CaseState

GIVES_NOTICE = (CaseKind.RETIRE, CaseKind.LIMIT_ACCESS, CaseKind.REMOVE_WEIGHTS)


@dataclass(frozen=True)
class PlanRow:
    """One step as the drawing and its table show it."""

    day: date
    label: str
    sign: str
    note: str
    source: str
    drawn: bool = True


@dataclass(frozen=True)
class CasePlan:
    """Everything the page of a plan shows. `tried`: the day comes from the address, not from the case."""

    case: Case
    retires_on: date
    tried: bool
    today: date
    rules: plan.Rules
    steps: list[plan.Step]
    earliest: date

    @property
    def missed(self) -> list[plan.Step]:
        return [step for step in self.steps if step.missed(self.today)]

    @property
    def announce_by(self) -> date | None:
        """The latest day users can be told, where notice is owed."""
        return next((step.latest for step in self.steps if step.key == "notice"), None)

    @property
    def announced_on(self) -> date | None:
        """The day to propose: the case's own while it leaves enough notice, else the latest that does."""
        latest, own = self.announce_by, self.case.announced_on
        return own if own and latest and own <= latest else latest

    @property
    def fixed(self) -> str:
        """Why the dates cannot be set now; "" when they can."""
        case = self.case
        motion = case.motion
        if case.state in EDITABLE:
            return ""
        if case.state == CaseState.BALLOTED and motion is not None and motion.state == "withdrawn":
            return ""
        state = CaseState(case.state).label.lower()
        return f"Case {case.number} is {state}; its dates are fixed while that lasts."

    @property
    def next_step(self) -> plan.Step | None:
        return next((step for step in self.steps if not step.done), None)

    @property
    def rows(self) -> list[PlanRow]:
        """Every step; of those that share a day only the last is drawn, and the table has all."""
        last = {step.latest: step.key for step in self.steps}
        return [
            PlanRow(
                step.latest,
                step.label,
                self._sign(step),
                self._note(step),
                step.why,
                drawn=last[step.latest] == step.key,
            )
            for step in self.steps
        ]

    def _sign(self, step: plan.Step) -> str:
        if step.done:
            return "met"
        if step.missed(self.today):
            return "due"
        return "retired" if step.key == "effect" else "open"

    def _note(self, step: plan.Step) -> str:
        if step.done:
            return f"done {step.done_on:%-d %b}" if step.done_on else "done"
        if step.missed(self.today):
            late = (self.today - step.latest).days
            return f"missed by {late} day{'' if late == 1 else 's'}"
        return ""


def plan_of(case: Case, retires_on: date | None = None) -> CasePlan:
    """The plan for a wished day: the one asked for, else the case's own, else the earliest possible."""
    today = clock.today()
    checked = {each.key: each.finding.status for each in findings(case)}
    rules = _rules(case, terms_named(case.board, terms_of_kind(case.kind)), checked)
    done = _done(case, checked)
    first = plan.earliest(today, rules, done)
    wished = retires_on or case.retires_on or first
    return CasePlan(
        case=case,
        retires_on=wished,
        tried=retires_on is not None and retires_on != case.retires_on,
        today=today,
        rules=rules,
        steps=plan.steps_before(wished, rules, done),
        earliest=first,
    )


def _rules(case: Case, terms: Terms | None, checked: dict[str, Status]) -> plan.Rules:
    owed = case.ai_model.ours and case.kind in GIVES_NOTICE and checked.get("notice_days") != Status.WAIVED
    notice = case.board.notice_days if owed else None
    heard = checked.get("interview_signed_off", Status.DOES_NOT_APPLY)
    return plan.Rules(
        minimum_opening_days=terms.minimum_opening_days if terms else 0,
        notice_days=notice,
        interview_days=plan.INTERVIEW_DAYS if heard in (Status.MET, Status.NOT_MET) else None,
        rules_label=f"{terms.label.lower()} rules" if terms else "",
    )


def _done(case: Case, checked: dict[str, Status]) -> dict[str, date | None]:
    """What has happened. A dossier counts as frozen only while nothing has been edited since."""
    done: dict[str, date | None] = {}
    if checked.get("interview_signed_off") == Status.MET:
        done |= {"heard": None, "signed": None}
    if case.state not in (CaseState.DRAFT, CaseState.ASSEMBLING, CaseState.WITHDRAWN):
        dossier = case.dossiers.order_by("-round").only("frozen_at").first()
        if dossier:
            done["frozen"] = dossier.frozen_at.date()
    ballot = (
        Ballot.objects.filter(motion_id=case.motion_id)
        .select_related("certificate")
        .defer("certificate__document", "certificate__disclosures")
        .order_by("-round")
        .first()
        if case.motion_id
        else None
    )
    if ballot and ballot.state in ("open", "closed", "certified"):
        done["opened"] = ballot.opens_at.date()
        certificate = getattr(ballot, "certificate", None)
        if certificate and certificate.result == "carried":
            done["certified"] = certificate.certified_at.date()
            announced = case.announced_on or certificate.certified_at.date()
            if announced <= clock.today():
                done["notice"] = announced
    if case.state in (CaseState.IN_EFFECT, CaseState.CLOSED) and "certified" in done:
        done["effect"] = case.retires_on
    return done
