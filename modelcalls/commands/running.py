"""What a worker does to a call: claim it for a while, and record what came of it. No network here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings

from audit.commands import command, locked, record, unchanged
from core import clock
from core.policies import Actor, require
from modelcalls import policies, queries, steps
from modelcalls.adapters import CallFailed, Reply, Transient
from modelcalls.events import Verb
from modelcalls.models import Attempt, Call, Endpoint
from modelcalls.states import CALL, AttemptOutcome, CallState


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to make one call until `until`. Whoever records must show `token`."""

    call: Call
    endpoint: Endpoint
    token: UUID
    until: datetime


@command(Verb.CALL_CLAIMED)
def claim_call(*, actor: Actor, call_id: UUID, undelivered: str = "") -> Lease | None:
    """Take a waiting call, or one whose worker was lost, for `MODEL_CALL_LEASE` seconds.

    None when there is nothing to do: claimed by another, ended, not due, its model not to be asked now, no free
    place at the endpoint, no budget. It may be asked any number of times, by any number of workers.
    `undelivered`: as in `record_attempt`, for a call whose worker was lost once too often.
    """
    call = locked(Call, call_id, select_related=("endpoint",))
    require(policies.may_run_calls(actor))
    now = clock.now()
    lost = _release_if_lost(call, now, undelivered)
    if call.state != CallState.QUEUED or call.not_before > now:
        return None if lost else unchanged(None)
    endpoint = locked(Endpoint, call.endpoint_id)
    if queries.why_held(call, endpoint):
        return None if lost else unchanged(None)
    CALL.require(call.state, CallState.RUNNING)
    call.state = CallState.RUNNING
    call.lease_token = uuid4()
    call.leased_at = now
    call.lease_until = now + timedelta(seconds=settings.MODEL_CALL_LEASE)
    call.tries += 1
    call.save()
    record(call, data={"try": call.tries, "endpoint": endpoint.name})
    return Lease(call, endpoint, call.lease_token, call.lease_until)


def _release_if_lost(call: Call, now: datetime, undelivered: str) -> bool:
    """Take a call back from a worker whose lease ran out; the provider may have been paid for it."""
    if call.state != CallState.RUNNING or call.lease_until is None or call.lease_until > now:
        return False
    assert call.lease_token is not None
    assert call.leased_at is not None
    attempt = steps.append_attempt(
        call,
        outcome=AttemptOutcome.LOST,
        token=call.lease_token,
        started_at=call.leased_at,
        ended_at=now,
        error="The worker that made this call disappeared. The provider may have answered it; nobody heard.",
    )
    record(call, verb=Verb.CALL_LOST, data={"attempt": attempt.number, "try": call.tries})
    steps.settle(call, attempt, now=now, wait=0.0, undelivered=undelivered)
    return True


@command(Verb.ATTEMPT_RECORDED)
def record_attempt(
    *,
    actor: Actor,
    call_id: UUID,
    token: UUID,
    result: Reply | CallFailed,
    started_at: datetime,
    ended_at: datetime,
    undelivered: str = "",
) -> Attempt | None:
    """Keep what came of a claimed call, and hand an end on to its receiver, in one transaction.

    An answer whose lease is over is kept as "late" and changes nothing; one that was recorded already is not
    recorded again (None). `undelivered`: why the receiver is not to be told now; it can be told later.
    Raises whatever the receiver raises; then nothing is recorded and the answer may be recorded again.
    """
    call = locked(Call, call_id, select_related=("endpoint",))
    require(policies.may_run_calls(actor))
    told = Attempt.objects.filter(call=call, lease_token=token).exclude(outcome=AttemptOutcome.LOST)
    if told.exists():
        return unchanged(None)
    ours = call.state == CallState.RUNNING and call.lease_token == token
    attempt = steps.append_attempt(
        call,
        outcome=steps.outcome_of(result) if ours else AttemptOutcome.LATE,
        token=token,
        started_at=started_at,
        ended_at=ended_at,
        result=result,
    )
    record(call, data={"attempt": attempt.number, "outcome": attempt.outcome})
    if ours:
        asked = result.retry_after if isinstance(result, Transient) else None
        steps.settle(call, attempt, now=clock.now(), asked=asked, undelivered=undelivered)
        steps.wake_next(call.endpoint_id)
    return attempt
