"""One call, from the queue to the record: claim, ask the provider with no transaction open, record.

Two commands with the network between them. Whatever dies here leaves a lease that runs out.
"""

import logging
import time
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import OperationalError

from audit.current import opened
from core import clock
from modelcalls.adapters import ADAPTERS, CallFailed, Final, Message, Reply, Request
from modelcalls.commands import Lease, claim_call, record_attempt
from modelcalls.models import Attempt
from modelcalls.policies import RUNNER

logger = logging.getLogger(__name__)

Done = TypeVar("Done")

#: Part of a lease the provider may take; the rest is for recording before somebody else takes the call over.
SHARE_OF_LEASE = 2 / 3


def run(call_id: UUID) -> Attempt | None:
    """Make one call if it is there to be made. None when there was nothing to do.

    May be called any number of times, at once, for the same call: one lease, one request to the provider.
    """
    if opened() is not None:
        raise RuntimeError("A provider is never asked inside a command.")
    lease = _delivering(
        lambda undelivered: claim_call(actor=RUNNER, call_id=call_id, undelivered=undelivered)
    )
    if lease is None:
        return None
    started_at = clock.now()
    result = _ask(lease)
    ended_at = clock.now()
    return _delivering(
        lambda undelivered: record_attempt(
            actor=RUNNER,
            call_id=call_id,
            token=lease.token,
            result=result,
            started_at=started_at,
            ended_at=ended_at,
            undelivered=undelivered,
        )
    )


def request_of(lease: Lease) -> Request:
    """What the adapter is asked, from the request as it was queued and the endpoint as it is."""
    endpoint, asked = lease.endpoint, lease.call.request
    return Request(
        base_url=endpoint.base_url,
        model=endpoint.model,
        accepted_names=tuple(endpoint.accepted_names),
        key_variable=endpoint.key_variable,
        token_limit=endpoint.parameters.get("token_limit", "max_tokens"),
        messages=[Message(**message) for message in asked["messages"]],
        system=asked["system"],
        max_tokens=asked["max_tokens"],
        temperature=asked.get("temperature"),
        timeout=settings.MODEL_CALL_LEASE * SHARE_OF_LEASE,
    )


def _ask(lease: Lease) -> Reply | CallFailed:
    try:
        return ADAPTERS[lease.endpoint.adapter](request_of(lease))
    except CallFailed as failure:
        return failure
    except Exception as error:  # a bug of ours or of an SDK: asking again would pay for it again
        logger.exception("%s could not be made", lease.call)
        return Final(f"The call could not be made: {type(error).__name__}. The log of the worker says more.")


def _delivering(command: Callable[[str], Done]) -> Done:
    """Run a recording command; should its receiver fail, all is rolled back and kept without telling it."""
    try:
        return _despite_interruptions(lambda: command(""))
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("The receiver of a model call failed; the answer is kept and can be handed on again")
        said = str(error)[:300] or type(error).__name__
        reason = f"{type(error).__name__}: {said}"
    return _despite_interruptions(lambda: command(reason))


def _despite_interruptions(command: Callable[[], Done], *, tries: int = 3) -> Done:
    """An answer was paid for: a deadlock or a database that restarts is no reason to lose it."""
    for left in reversed(range(tries)):
        try:
            return command()
        except OperationalError:
            if not left:
                raise
            time.sleep(0.5)
    raise AssertionError("unreachable")
