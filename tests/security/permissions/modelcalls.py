"""Stewards and auditors see every call; the people a purpose is for see theirs, and may ask again."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from audit.testing import recorded
from core import clock
from modelcalls import steps
from modelcalls.adapters import Final
from modelcalls.commands import cancel_call, claim_call, record_attempt, register_endpoint
from modelcalls.models import Call, Endpoint
from modelcalls.policies import RUNNER
from modelcalls.registry import Purpose, purposes, receivers
from tests.cast import Cast
from tests.security.permissions import Row

PURPOSE = "tests.permissions"

receivers.register(PURPOSE, lambda call, attempt: None)
purposes.register(PURPOSE, Purpose(label="Permissions", roles=frozenset({"editor"})))

SEES_CALLS = ("steward", "auditor", "interviewer", "editor", "second_editor")


def _queued_call(cast: Cast) -> Call:
    endpoint = Endpoint.objects.filter(name="Permissions").first() or register_endpoint(
        actor=cast.steward, name="Permissions", adapter="openai", base_url="http://127.0.0.1:9", model="none"
    )
    with recorded():
        return steps.queue_call(
            endpoint=endpoint,
            purpose=PURPOSE,
            subject=uuid4(),
            slot=str(uuid4()),
            messages=[{"role": "user", "content": "Who may see this?"}],
        )


def _cancelled_call(cast: Cast) -> dict[str, Any]:
    """A call that nobody can move any more: what is allowed is still refused, for the moment is wrong."""
    call = _queued_call(cast)
    cancel_call(actor=cast.steward, call_id=call.pk)
    return {"call_id": call.pk}


def _failed_call(cast: Cast) -> dict[str, Any]:
    """A call that failed and was not handed on."""
    call = _queued_call(cast)
    lease = claim_call(actor=RUNNER, call_id=call.pk)
    assert lease is not None
    now = clock.now()
    record_attempt(
        actor=RUNNER,
        call_id=call.pk,
        token=lease.token,
        result=Final("Nobody listens."),
        started_at=now,
        ended_at=now,
        undelivered="for the table",
    )
    return {"call_id": call.pk}


def _acts(name: str, posted: int, make: Callable[[Cast], dict[str, Any]]) -> list[Row]:
    """One act's form and its sending: for stewards and editors; others see the call or do not know of it."""
    hidden = {"interviewer": 404, "auditor": 403}
    may = ("steward", "editor", "second_editor")
    return [
        Row(f"modelcalls:call-{name}", "GET", dict.fromkeys(may, 200) | hidden, make=_failed_call),
        Row(f"modelcalls:call-{name}", "POST", dict.fromkeys(may, posted) | hidden, make=make),
    ]


def _an_endpoint(cast: Cast) -> dict[str, Any]:
    endpoint = register_endpoint(
        actor=cast.steward, name="Permissions", adapter="openai", base_url="http://127.0.0.1:9", model="none"
    )
    return {"endpoint_id": endpoint.pk}


def _a_taken_name(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    """Who may register is told that the name is taken, 409."""
    _an_endpoint(cast)
    return {
        "name": "Permissions",
        "adapter": "openai",
        "base_url": "http://127.0.0.1:9",
        "model": "none",
        "max_concurrency": "2",
    }


SEES_ENDPOINTS = {"steward": 200, "auditor": 200}

TABLE = [
    Row("modelcalls:endpoints", "GET", SEES_ENDPOINTS),
    Row("modelcalls:endpoint", "GET", SEES_ENDPOINTS, make=_an_endpoint),
    Row("modelcalls:endpoint-new", "GET", {"steward": 200}),
    Row("modelcalls:endpoint-new", "POST", {"steward": 409}, data=_a_taken_name),
    Row("modelcalls:endpoint-change", "GET", {"steward": 200}, make=_an_endpoint),
    Row(
        "modelcalls:endpoint-change",
        "POST",
        {"steward": 303},
        make=_an_endpoint,
        data=lambda cast, kwargs: {"max_concurrency": "3", "active": "on"},
    ),
    Row("modelcalls:endpoint-check", "GET", {"steward": 200}, make=_an_endpoint),
    Row("modelcalls:endpoint-check", "POST", {"steward": 303}, make=_an_endpoint),
    Row("modelcalls:call-list", "GET", dict.fromkeys(SEES_CALLS, 200)),
    Row("modelcalls:call-list", "POST", {}, otherwise=405),
    Row(
        "modelcalls:call-record",
        "GET",
        dict.fromkeys(SEES_CALLS, 200) | {"interviewer": 404},
        make=_failed_call,
    ),
    Row("modelcalls:call-record", "POST", {}, otherwise=405, make=_failed_call),
    *_acts("retry", 409, _cancelled_call),
    *_acts("deliver", 303, _failed_call),
    *_acts("cancel", 409, _failed_call),
]
