"""What several commands, and commands of apps above, share: asking for a call, and ending one.

Every function here runs inside an open command.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from audit.commands import after_commit, in_command, record
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, Unacceptable
from modelcalls.adapters import CallFailed, Reply, Transient, client_of
from modelcalls.adapters.base import storable
from modelcalls.backoff import MOST_TRIES, seconds_to_wait
from modelcalls.events import Verb
from modelcalls.models import Attempt, Call, Endpoint
from modelcalls.queries import calls_due
from modelcalls.registry import receivers
from modelcalls.states import CALL, AttemptOutcome, CallState

#: Tokens one answer may have; above it is a slip of the keyboard.
LARGEST_LIMIT = 200_000

_ROLES = ("user", "assistant")


def queue_call(
    *,
    endpoint: Endpoint,
    purpose: str,
    subject: UUID,
    slot: str,
    messages: Sequence[Mapping[str, str]],
    system: str = "",
    max_tokens: int = 1024,
    temperature: float | None = None,
) -> Call:
    """A call to be made as soon as a worker is free. It stands in the queue when the open command commits.

    `messages`: `{"role": "user" | "assistant", "content": …}`, in order. `slot` names the place the answer
    fills; a taken slot is IllegalMove. `temperature` at an endpoint that takes none is Unacceptable.
    KeyError when nobody receives `purpose`.
    """
    in_command()
    receivers.get(purpose)
    _require_acceptable(endpoint, messages, max_tokens, temperature)
    taken = Call.objects.filter(slot=slot).first()
    if taken is not None:
        raise IllegalMove(
            f"This was asked already, in model call {taken.number}. Open it to see what came of it."
        )
    request: dict[str, Any] = {
        "system": system,
        "messages": [{"role": message["role"], "content": message["content"]} for message in messages],
        "max_tokens": max_tokens,
    }
    if temperature is not None:
        request["temperature"] = temperature
    now = clock.now()
    call = Call(
        number=_next_number(),
        purpose=purpose,
        subject=subject,
        slot=slot,
        endpoint=endpoint,
        request=request,
        request_digest=digest_of(request),
        queued_at=now,
        not_before=now,
    )
    call.save(force_insert=True)
    record(call, verb=Verb.CALL_QUEUED, data={"purpose": purpose, "slot": slot, "subject": str(subject)})
    after_commit("modelcalls.run_call", str(call.id))
    return call


def wake(call: Call) -> None:
    """Have a worker look at this call once the open command has committed."""
    after_commit("modelcalls.run_call", str(call.id))


def wake_next(endpoint_id: UUID) -> None:
    """Have a worker look at the call that waits longest at an endpoint, where a place has become free."""
    call = calls_due(clock.now()).filter(endpoint_id=endpoint_id).first()
    if call is not None:
        wake(call)


def outcome_of(result: Reply | CallFailed) -> AttemptOutcome:
    if isinstance(result, Reply):
        return AttemptOutcome(result.outcome.value)
    return AttemptOutcome.UNANSWERED if isinstance(result, Transient) else AttemptOutcome.FAILED


def append_attempt(
    call: Call,
    *,
    outcome: AttemptOutcome,
    token: UUID,
    started_at: datetime,
    ended_at: datetime,
    result: Reply | CallFailed | None = None,
    error: str = "",
) -> Attempt:
    """One more attempt at a locked call, with everything that was seen of it."""
    in_command()
    attempt = Attempt(
        call=call,
        endpoint_id=call.endpoint_id,
        number=call.attempts.count() + 1,
        asked=call.asked,
        lease_token=token,
        outcome=outcome,
        accepted=outcome == AttemptOutcome.COMPLETED,
        requested_model=call.endpoint.model,
        client=client_of(call.endpoint.adapter),
        started_at=started_at,
        ended_at=ended_at,
        error=error,
    )
    if result is not None:
        attempt.request, attempt.response, attempt.request_id = (
            result.request,
            result.response,
            result.request_id,
        )
    if isinstance(result, Reply):
        attempt.text, attempt.stop_reason, attempt.usage = result.text, result.stop_reason, result.usage
        attempt.returned_model = result.returned_model
        attempt.input_tokens, attempt.output_tokens = result.input_tokens, result.output_tokens
    elif result is not None:
        attempt.status, attempt.error = result.status, result.sentence
    attempt.save(force_insert=True)
    return attempt


def settle(
    call: Call,
    attempt: Attempt,
    *,
    now: datetime,
    asked: float | None = None,
    wait: float | None = None,
    undelivered: str = "",
) -> None:
    """Move a running call on after an attempt: back into the queue, or to its end and its receiver."""
    if attempt.outcome in (AttemptOutcome.UNANSWERED, AttemptOutcome.LOST):
        if call.tries < MOST_TRIES:
            pause = seconds_to_wait(call.tries, asked=asked) if wait is None else wait
            CALL.require(call.state, CallState.QUEUED)
            call.state, call.lease_token, call.lease_until = CallState.QUEUED, None, None
            call.not_before = now + timedelta(seconds=pause)
            call.save()
            return
        end(call, CallState.FAILED, now=now, undelivered=undelivered)
    else:
        end(call, CallState(attempt.outcome), now=now, undelivered=undelivered)
    if not undelivered:
        receivers.get(call.purpose)(call, attempt)


def end(call: Call, state: CallState, *, now: datetime, undelivered: str = "") -> None:
    """Move a locked call to an end and give its lease up."""
    in_command()
    CALL.require(call.state, state)
    call.state, call.lease_token, call.lease_until = state, None, None
    call.finished_at = now
    call.undelivered = undelivered
    call.save()


def _require_acceptable(
    endpoint: Endpoint, messages: Sequence[Mapping[str, str]], max_tokens: int, temperature: float | None
) -> None:
    if not endpoint.active:
        raise Unacceptable(
            f"The endpoint “{endpoint.name}” is switched off. A steward can switch it on again."
        )
    if not messages or any(message["role"] not in _ROLES or not message["content"] for message in messages):
        raise Unacceptable("A model call needs at least one message, and no message may be empty.")
    if not all(_can_be_kept(message["content"]) for message in messages):
        raise Unacceptable("A message holds a sign that cannot be kept: NUL or half of a pair. Remove it.")
    if not 1 <= max_tokens <= LARGEST_LIMIT:
        raise Unacceptable(f"The limit must lie between 1 and {LARGEST_LIMIT} tokens.", "max_tokens")
    if temperature is not None and not endpoint.takes_temperature:
        raise Unacceptable(
            f"The endpoint “{endpoint.name}” takes no temperature. Leave it empty.", "temperature"
        )
    if temperature is not None and not 0 <= temperature <= 2:
        raise Unacceptable("A temperature lies between 0 and 2.", "temperature")


def _can_be_kept(text: str) -> bool:
    return bool(storable(text) == text)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('modelcalls_call_number')")
        return int(cursor.fetchone()[0])
