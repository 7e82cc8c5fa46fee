"""The only writer of a stage of ours. Each change points to the certified decision that made it."""

from audit.commands import in_command, locked, record
from core import clock
from core.errors import IllegalMove
from lifecycle.events import Verb
from lifecycle.models import AIModel, Effect, StageChange
from lifecycle.stages import Stage
from lifecycle.states import CASE, EFFECT, CaseState, EffectState
from lifecycle.steps.numbers import next_number


def change_stage(effect: Effect, ai_model: AIModel) -> StageChange | None:
    """Write the stage an effect calls for, and by which decision. None when the model is there already."""
    in_command()
    if not ai_model.ours:
        raise IllegalMove(f"{ai_model.name} is not ours: its stage is what its vendor's facts say.")
    if effect.certificate.result != "carried":
        raise RuntimeError("only a carried decision changes a stage")
    if ai_model.stage == effect.to_stage:
        return None
    change = StageChange(
        number=next_number("stage_change"),
        ai_model=ai_model,
        from_stage=Stage(ai_model.stage),
        to_stage=effect.to_stage,
        effective_on=effect.due_on,
        certificate=effect.certificate,
        effect=effect,
        at=clock.now(),
    )
    change.save(force_insert=True)
    ai_model.stage = Stage(effect.to_stage)
    ai_model.save()
    record(
        ai_model,
        verb=Verb.STAGE_CHANGED,
        data={"from": change.from_stage, "to": change.to_stage, "decision": effect.certificate.number},
    )
    return change


def carry_out(effect: Effect) -> Effect:
    """Carry out an effect whose day has come. It and its model must be locked."""
    in_command()
    EFFECT.require(effect.state, EffectState.CARRIED_OUT)
    today = clock.today()
    if effect.due_on > today:
        raise IllegalMove(f"This takes effect on {effect.due_on}, not before.")
    ai_model = locked(AIModel, effect.ai_model_id)
    change_stage(effect, ai_model)
    effect.state, effect.carried_out_at = EffectState.CARRIED_OUT, clock.now()
    effect.save()
    record(
        effect,
        verb=Verb.EFFECT_CARRIED_OUT,
        data={"due_on": effect.due_on.isoformat(), "days_late": (today - effect.due_on).days},
    )
    case = effect.case
    if case.state == CaseState.DECIDED:
        CASE.require(case.state, CaseState.IN_EFFECT)
        case.state = CaseState.IN_EFFECT
        case.save()
    return effect
