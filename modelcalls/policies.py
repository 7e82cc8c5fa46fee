"""Who may see model calls, ask again, cancel, and look after endpoints. Not here: when that is possible."""

from core.policies import ALLOWED, Actor, Process, Verdict, any_of, denied
from modelcalls.models import Call
from modelcalls.registry import purpose_of, purposes

#: The process that makes the calls. Only it claims and records.
RUNNER = Process("Model calls")


def may_see_calls(actor: Actor | None) -> Verdict:
    """The list; which rows of it are shown is `purposes_seen_by`."""
    if any_of(actor, "auditor", "steward", *(role for _, item in purposes.items() for role in item.roles)):
        return ALLOWED
    return denied(
        "Model calls are seen by stewards, auditors and the people they are made for. "
        "Ask a steward if you need to look one up."
    )


def purposes_seen_by(actor: Actor | None) -> frozenset[str] | None:
    """The purposes whose calls an actor may see; None means all of them."""
    if any_of(actor, "auditor", "steward"):
        return None
    return frozenset(name for name, item in purposes.items() if any_of(actor, *item.roles))


def may_see_call(actor: Actor | None, call: Call) -> Verdict:
    seen = purposes_seen_by(actor)
    if seen is None or call.purpose in seen:
        return ALLOWED
    return denied("This model call is not yours to see. Ask a steward.")


def may_retry_call(actor: Actor | None, call: Call) -> Verdict:
    if any_of(actor, "steward", *purpose_of(call.purpose).roles):
        return ALLOWED
    return denied("A steward, or somebody whose work this call is for, asks again. Ask one of them.")


def may_deliver_call(actor: Actor | None, call: Call) -> Verdict:
    return may_retry_call(actor, call)


def may_cancel_call(actor: Actor | None, call: Call) -> Verdict:
    return may_retry_call(actor, call)


def may_run_calls(actor: Actor | None) -> Verdict:
    if any_of(actor, "process"):
        return ALLOWED
    return denied("Only a worker makes model calls. Queue one instead.")


def may_see_endpoints(actor: Actor | None) -> Verdict:
    """Where models are called, at what cost; no key is ever shown, since none is stored."""
    if any_of(actor, "steward", "auditor"):
        return ALLOWED
    return denied("Endpoints are seen by stewards and auditors. Ask a steward what you need to know.")


def may_register_endpoint(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward", "process"):
        return ALLOWED
    return denied("Only a steward looks after endpoints. Ask one.")


def may_change_endpoint(actor: Actor | None) -> Verdict:
    return may_register_endpoint(actor)
