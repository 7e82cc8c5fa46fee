"""What modelcalls tells the apps below it; imported once, when Django is ready."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.registry import Waiting, waiting
from audit.registry import Description, describe
from core.policies import Actor, any_of
from core.prepared import written_once
from modelcalls import (
    policies,
    populations,  # noqa: F401  registers itself
    queries,
)
from modelcalls.commands import CHECK, MOST_ASKINGS
from modelcalls.models import Attempt, Call
from modelcalls.registry import Purpose, purpose_of, purposes, receivers
from modelcalls.states import CallState

#: What Today shows at most; the list has the rest.
SHOWN = 5


def _url(call: Call) -> str:
    return reverse("modelcalls:call-record", args=[call.pk])


@written_once
def _calls_told(actor: Actor) -> QuerySet[Call]:
    failed = Q(state__in=[CallState.FAILED, CallState.MISMATCHED], asked__lt=MOST_ASKINGS)
    found = queries.calls_seen_by(actor).filter(failed | ~Q(undelivered=""))
    return found.defer("request").order_by("-number")[:SHOWN]


def _calls_waiting_for(actor: Actor) -> list[Waiting]:
    """Calls that failed or could not be handed on, where asking or handing on again is still possible."""
    if not any_of(actor, "steward"):
        return []
    return [
        Waiting(
            title=f"{call} {'could not be handed on' if call.undelivered else 'came to nothing'}",
            url=_url(call),
            detail=f"{purpose_of(call.purpose).label}, at {call.endpoint.name}. The answer is kept."
            if call.undelivered
            else f"{purpose_of(call.purpose).label}, at {call.endpoint.name}. See why, then decide what to do.",
            action="Look into it",
        )
        for call in _calls_told(actor)
        if call.undelivered or not purpose_of(call.purpose).again
    ]


waiting.register("modelcalls", _calls_waiting_for)


def _keep_the_answer(call: Call, attempt: Attempt) -> None:
    """A test question has no further effect: its answer stands in the call itself."""


receivers.register(CHECK, _keep_the_answer)
purposes.register(
    CHECK,
    Purpose(
        label="Test question",
        roles=frozenset({"steward"}),
        url=lambda subject: reverse("modelcalls:endpoint", args=[subject]),
    ),
)

describe.register(
    "modelcalls.Endpoint",
    Description(
        str,
        lambda row: reverse("modelcalls:endpoint", args=[row.pk]),
        lambda actor, row: bool(policies.may_see_endpoints(actor)),
        hub=True,
    ),
)
describe.register(
    "modelcalls.Call",
    Description(str, _url, lambda actor, row: bool(policies.may_see_call(actor, row))),
)
describe.register(
    "modelcalls.Attempt",
    Description(
        str, lambda row: _url(row.call), lambda actor, row: bool(policies.may_see_call(actor, row.call))
    ),
)
