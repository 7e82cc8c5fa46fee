"""What a decision does to a case, its model and our promises. Runs while the result is certified."""

from datetime import date

from audit.commands import in_command, locked, record
from board.models import Certificate, Motion
from board.states import MotionState
from core import clock
from lifecycle.events import Verb
from lifecycle.models import AIModel, Case, Effect
from lifecycle.stages import Kind, Stage
from lifecycle.states import CASE, EFFECT, CaseKind, CaseState, EffectState
from lifecycle.steps.facts import state, the_source
from lifecycle.steps.promises import promise
from lifecycle.steps.stages import carry_out

_ENDS_NOW = {
    CaseKind.LIMIT_ACCESS: Stage.LIMITED,
    CaseKind.RESTORE: Stage.ACTIVE,
    CaseKind.REMOVE_WEIGHTS: Stage.REMOVED,
}


def take_effect(motion: Motion, certificate: Certificate) -> None:
    """The motion carried: plan its effects, carry out those due, state them as facts, make the promise."""
    in_command()
    case, ai_model = _locked_case(motion)
    CASE.require(case.state, CaseState.DECIDED)
    case.state = CaseState.DECIDED
    case.save()
    record(case, verb=Verb.CASE_DECIDED, data={"decision": certificate.number, "result": certificate.result})
    effects = _plan(case, ai_model, certificate)
    _state_facts(case, ai_model, certificate, effects)
    for effect in effects:
        if effect.due_on <= clock.today():
            effect.case = case
            carry_out(effect)
    if case.kind == CaseKind.RESPOND and case.our_use:
        ai_model.our_use = case.our_use
        ai_model.save()
    if not effects:
        case.state = CaseState.IN_EFFECT
        case.save()
    if case.promise:
        promise(
            ai_model=ai_model,
            case=case,
            text=case.promise,
            source=f"Decision {certificate.number}",
            owner=case.steward,
            due_on=case.promise_due_on,
        )


def end_without_effect(motion: Motion, certificate: Certificate) -> None:
    """The round ended otherwise. A lost motion decides the case; a returned one gives it back to its steward.

    A round that was held, or too few took part in, leaves the motion and the case before the board.
    """
    in_command()
    outcome = {
        MotionState.LOST: (CaseState.DECIDED, Verb.CASE_DECIDED),
        MotionState.RETURNED: (CaseState.READY, Verb.CASE_RETURNED),
    }.get(MotionState(motion.state))
    if outcome is None:
        return
    case, _ = _locked_case(motion)
    state, verb = outcome
    CASE.require(case.state, state)
    case.state = state
    case.save()
    record(case, verb=verb, data={"decision": certificate.number, "result": certificate.result})


def _locked_case(motion: Motion) -> tuple[Case, AIModel]:
    """The model first, then its case: the order every writer of both keeps."""
    found = Case.objects.only("ai_model_id").get(pk=motion.subject_id or "")
    ai_model = locked(AIModel, found.ai_model_id)
    return locked(Case, found.pk, select_related=("steward", "board")), ai_model


def _plan(case: Case, ai_model: AIModel, certificate: Certificate) -> list[Effect]:
    days = _days(case, ai_model)
    if case.kind != CaseKind.DEPRECATE:
        _replace_waiting(ai_model, certificate)
    effects = []
    for to_stage, due_on in days:
        effect = Effect(
            certificate=certificate, case=case, ai_model=ai_model, to_stage=to_stage, due_on=due_on
        )
        effect.save(force_insert=True)
        record(effect, verb=Verb.EFFECT_PLANNED, data={"to": to_stage, "due_on": due_on.isoformat()})
        effects.append(effect)
    return effects


def _days(case: Case, ai_model: AIModel) -> list[tuple[Stage, date]]:
    """The stages a decision brings, each with its day, in their order. Nothing is decided backwards."""
    today = clock.today()
    kind = CaseKind(case.kind)
    effective = max(case.retires_on or today, today)
    announced = max(case.announced_on or today, today)
    if kind == CaseKind.RESPOND:
        return []
    if kind == CaseKind.DEPRECATE:
        return [(Stage.DEPRECATED, announced)]
    if kind in _ENDS_NOW:
        return [(_ENDS_NOW[kind], effective)]
    ends = (Stage(case.ends_as), effective)
    if kind == CaseKind.EXTEND or ai_model.stage == Stage.DEPRECATED or effective <= announced:
        return [ends]
    return [(Stage.DEPRECATED, announced), ends]


def _replace_waiting(ai_model: AIModel, certificate: Certificate) -> None:
    for effect in ai_model.effects.filter(state=EffectState.WAITING).select_for_update(
        no_key=True, of=("self",)
    ):
        EFFECT.require(effect.state, EffectState.REPLACED)
        effect.state = EffectState.REPLACED
        effect.save()
        record(effect, verb=Verb.EFFECT_REPLACED, data={"decision": certificate.number})


_FACTS = {
    Stage.DEPRECATED: Kind.DEPRECATED_FROM,
    Stage.RETIRED: Kind.RETIRES_ON,
    Stage.LIMITED: Kind.RETIRES_ON,
}


def _state_facts(case: Case, ai_model: AIModel, certificate: Certificate, effects: list[Effect]) -> None:
    """What was decided is a fact about the model, with the decision as its source."""
    source = the_source(f"Decisions of {case.board.name}", "/decisions/")
    now = clock.now()

    def say(kind: Kind, effective: date | None, value: str = "") -> None:
        state(
            ai_model=ai_model,
            kind=kind,
            effective=effective,
            value=value,
            source=source,
            known_from=now,
            locator=f"Decision {certificate.number}",
            url=f"/decisions/{certificate.number}/",
            digest=certificate.digest,
        )

    for effect in effects:
        stage = Stage(effect.to_stage)
        if stage in _FACTS:
            say(_FACTS[stage], effect.due_on)
        if stage in (Stage.LIMITED, Stage.ACTIVE, Stage.REMOVED):
            say(Kind.ACCESS_CHANGE, effect.due_on, case.access_plan or stage.label)
    if case.replacement and effects:
        say(Kind.REPLACEMENT, None, case.replacement)
