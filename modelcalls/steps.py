"""What several commands, and commands of apps above, share: asking for a call, and ending one.

Every function here runs inside an open command.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from audit.commands import after_commit, in_command, record
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, Unacceptable
from modelcalls.events import Verb
from modelcalls.models import Call, Endpoint
from modelcalls.registry import receivers

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
    fills; a taken slot is IllegalMove. `temperature` needs an endpoint that takes it (Unacceptable otherwise).
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


def _require_acceptable(
    endpoint: Endpoint, messages: Sequence[Mapping[str, str]], max_tokens: int, temperature: float | None
) -> None:
    if not endpoint.active:
        raise Unacceptable(
            f"The endpoint “{endpoint.name}” is switched off. A steward can switch it on again."
        )
    if not messages or any(message["role"] not in _ROLES or not message["content"] for message in messages):
        raise Unacceptable("A model call needs at least one message, and no message may be empty.")
    if not 1 <= max_tokens <= LARGEST_LIMIT:
        raise Unacceptable(f"The limit must lie between 1 and {LARGEST_LIMIT} tokens.", "max_tokens")
    if temperature is not None and not endpoint.takes_temperature:
        raise Unacceptable(
            f"The endpoint “{endpoint.name}” takes no temperature. Leave it empty.", "temperature"
        )
    if temperature is not None and not 0 <= temperature <= 2:
        raise Unacceptable("A temperature lies between 0 and 2.", "temperature")


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('modelcalls_call_number')")
        return int(cursor.fetchone()[0])


def seconds_between(earlier: datetime, later: datetime) -> float:
    return max(0.0, (later - earlier).total_seconds())
