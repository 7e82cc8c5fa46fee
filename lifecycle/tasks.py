"""Periodic work. Correctness never depends on it being on time: what is late is still done, and once."""

from celery import shared_task

from core import clock
from core.policies import Process
from lifecycle.commands.commitments import remind_of_commitment
from lifecycle.commands.effects import carry_out_effect
from lifecycle.commands.suspensions import expire_suspension
from lifecycle.mails import AHEAD, occasion
from lifecycle.models import Commitment, Effect
from lifecycle.queries.suspensions import expired
from lifecycle.states import CommitmentState, EffectState
from mail.queries import occasions_told


@shared_task(name="lifecycle.carry_out_due_effects")
def carry_out_due_effects() -> int:
    """Carry out every effect whose day has come, oldest first. Returns how many were due."""
    due = Effect.objects.filter(state=EffectState.WAITING, due_on__lte=clock.today()).order_by("due_on", "id")
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        carry_out_effect(actor=Process("Scheduler"), effect_id=key)
    return len(keys)


@shared_task(name="lifecycle.expire_suspensions")
def expire_suspensions() -> int:
    """Record the end of every suspension that is over by the clock. Returns how many were."""
    keys = list(expired(clock.now()).values_list("pk", flat=True))
    for key in keys:
        expire_suspension(actor=Process("Scheduler"), suspension_id=key)
    return len(keys)


@shared_task(name="lifecycle.remind_of_promises")
def remind_of_promises() -> int:
    """Write about every open promise that is due within a week or overdue and was not written about yet."""
    today = clock.today()
    near = Commitment.objects.filter(state=CommitmentState.OPEN, due_on__lte=today + AHEAD).order_by("due_on")
    slots = {occasion(commitment, today): commitment.pk for commitment in near}
    told = occasions_told(slots)
    missing = [key for slot, key in slots.items() if slot not in told]
    for key in missing:
        remind_of_commitment(actor=Process("Scheduler"), commitment_id=key)
    return len(missing)
