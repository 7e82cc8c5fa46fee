"""Carry out what a decision set for a day."""

from uuid import UUID

from audit.commands import command, locked, unchanged
from core.errors import NotFound
from core.policies import Actor, require
from lifecycle import policies, steps
from lifecycle.events import Verb
from lifecycle.models import AIModel, Effect
from lifecycle.states import EffectState


@command(Verb.EFFECT_CARRIED_OUT)
def carry_out_effect(*, actor: Actor, effect_id: UUID) -> Effect:
    """Carry out an effect whose day has come, however late; done or replaced already, nothing changes."""
    found = Effect.objects.filter(pk=effect_id).only("ai_model_id").first()
    if found is None:
        raise NotFound("There is no such effect.")
    locked(AIModel, found.ai_model_id)
    require(policies.may_carry_out_effect(actor))
    effect = locked(Effect, effect_id, select_related=("certificate", "case"))
    if effect.state != EffectState.WAITING:
        return unchanged(effect)
    return steps.carry_out(effect)
