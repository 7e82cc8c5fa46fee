"""What people do with calls: ask again, hand an answer on again, cancel."""

from uuid import UUID

from django.db import DatabaseError

from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import IllegalMove, Refused
from core.policies import Actor, require
from modelcalls import policies, steps
from modelcalls.events import Verb
from modelcalls.models import Attempt, Call
from modelcalls.registry import purpose_of, receivers
from modelcalls.states import CALL, AttemptOutcome, CallState

#: How often people may ask the same thing: a model is not asked until it says what one would like.
MOST_ASKINGS = 3


@command(Verb.CALL_ASKED_AGAIN)
def retry_call(*, actor: Actor, call_id: UUID, reason: str = "") -> Call:
    """Ask again what was cut off, failed, or was answered by another model. What came before stays visible.

    IllegalMove for a call that waits, runs, completed or was declined, and after three askings.
    """
    call = locked(Call, call_id)
    require(policies.may_retry_call(actor, call))
    if call.state in (CallState.QUEUED, CallState.RUNNING):
        raise IllegalMove("This call is under way. Wait for it to end before asking again.")
    if call.state == CallState.REFUSED:
        raise IllegalMove("The model declined. That is its answer: it is kept and not asked for again.")
    if elsewhere := purpose_of(call.purpose).again:
        raise IllegalMove(elsewhere)
    CALL.require(call.state, CallState.QUEUED, "This call has ended for good; there is nothing to ask again.")
    if call.asked >= MOST_ASKINGS:
        raise IllegalMove(
            f"This was asked {call.asked} times, which is the most. Choose what to keep of the answers."
        )
    call.state = CallState.QUEUED
    call.asked += 1
    call.tries = 0
    call.not_before = clock.now()
    call.finished_at = None
    call.undelivered = ""
    call.save()
    record(call, reason=reason, data={"asked": call.asked})
    steps.wake(call)
    return call


@command(Verb.CALL_DELIVERED)
def deliver_call(*, actor: Actor, call_id: UUID, reason: str = "") -> Call:
    """Hand an answer that was kept, but could not be handed on, to its receiver once more."""
    call = locked(Call, call_id)
    require(policies.may_deliver_call(actor, call))
    if not call.undelivered:
        return unchanged(call)
    attempt = call.attempts.exclude(outcome=AttemptOutcome.LATE).latest("number")
    call.undelivered = ""
    call.save()
    record(call, reason=reason, data={"attempt": attempt.number})
    _hand_on(call, attempt)
    return call


def _hand_on(call: Call, attempt: Attempt) -> None:
    """Tell the receiver; whatever stops it becomes a refusal, so that the answer stays as it was."""
    try:
        receivers.get(call.purpose)(call, attempt)
    except (Refused, DatabaseError):
        raise
    except Exception as error:  # a receiver belongs to another app: any failure of it is the same to us
        raise IllegalMove(
            f"It still could not be handed on ({type(error).__name__}: {str(error)[:200]}). The answer is kept."
        ) from error


@command(Verb.CALL_CANCELLED)
def cancel_call(*, actor: Actor, call_id: UUID, reason: str = "") -> Call:
    """Give up a call that waits or runs. An answer that still comes is kept and not used."""
    call = locked(Call, call_id)
    require(policies.may_cancel_call(actor, call))
    if call.state == CallState.CANCELLED:
        return unchanged(call)
    CALL.require(call.state, CallState.CANCELLED, "This call has ended; there is nothing left to cancel.")
    steps.end(call, CallState.CANCELLED, now=clock.now())
    record(call, reason=reason)
    return call
