"""Periodic work. Correctness never depends on it being on time: an effect is carried out late, but once."""

from celery import shared_task

from core import clock
from core.policies import Process
from lifecycle.commands.effects import carry_out_effect
from lifecycle.models import Effect
from lifecycle.states import EffectState


@shared_task(name="lifecycle.carry_out_due_effects")
def carry_out_due_effects() -> int:
    """Carry out every effect whose day has come, oldest first. Returns how many were due."""
    due = Effect.objects.filter(state=EffectState.WAITING, due_on__lte=clock.today()).order_by("due_on", "id")
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        carry_out_effect(actor=Process("Scheduler"), effect_id=key)
    return len(keys)
