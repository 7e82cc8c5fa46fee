"""How calls, attempts and the queue are put into words. Text stays data until here."""

import json
from typing import Any

from modelcalls.models import Attempt, Call
from modelcalls.queries import QueueHealth
from modelcalls.states import CallState

#: The symbol beside a state or outcome, from the page's sprite.
_SYMBOLS = {
    "queued": "planned",
    "running": "running",
    "completed": "completed",
    "refused": "refused",
    "truncated": "truncated",
    "mismatched": "invalidated",
    "failed": "errored",
    "cancelled": "skipped",
    "unanswered": "errored",
    "lost": "errored",
    "late": "skipped",
}

_ENDS = {
    CallState.COMPLETED: "The model answered.",
    CallState.REFUSED: "The model declined. That is its answer, and it is kept.",
    CallState.TRUNCATED: "The answer ran into its limit and was cut off.",
    CallState.MISMATCHED: "Another model answered than the one that was asked. Its answer is kept and not used.",
    CallState.FAILED: "No usable answer came.",
    CallState.CANCELLED: "This call was given up.",
}


def sign_of(state: str) -> str:
    """The id of the symbol that goes with a state or an outcome."""
    return f"outcome-{_SYMBOLS[state]}"


def calls(count: int) -> str:
    """ "no call", "1 call", "7 calls"."""
    return f"{count or 'no'} call{'' if count == 1 else 's'}"


def queue_sentence(health: QueueHealth) -> str:
    """The first sentence of the list: what waits and what runs."""
    if not health.pending:
        return "Nothing waits. Every call that was asked for has ended."
    waiting = health.waiting + health.later + health.lost
    return f"{_wait(waiting).capitalize()}; {calls(health.running)} {'is' if health.running == 1 else 'are'} running."


def troubles(health: QueueHealth) -> list[str]:
    """What keeps calls from being made, each a sentence that says what to do. Nothing is lost in any case."""
    waiting = health.waiting + health.later + health.lost
    found = []
    if not health.broker_answers:
        found.append(
            f"The queue is not answering; {_wait(waiting)} and nothing is lost. "
            "They are made by themselves once the broker is back."
        )
    elif not health.worker_answers:
        found.append(
            f"No worker is answering; {_wait(waiting)} and nothing is lost. "
            "Start a worker, and they are made by themselves."
        )
    found.extend(
        f"“{name}” did not answer when it was last asked. Its calls are tried again by themselves; "
        "nothing is lost. See whether the model server is running."
        for name in health.silent
    )
    return found


def call_sentence(call: Call) -> str:
    """The first sentence of a call's page."""
    return _ENDS.get(CallState(call.state), "It has not ended yet.")


def parameters(call: Call) -> list[tuple[str, Any]]:
    """The parameters a call is made with, beside its words. None when the request was redacted."""
    if not call.request:
        return []
    return [
        ("Limit", f"{call.request['max_tokens']:,} tokens"),
        ("Temperature", call.request.get("temperature", "not set")),
    ]


def attempt_facts(attempt: Attempt) -> list[tuple[str, Any]]:
    """What is known of one attempt; empty values are left out by the page."""
    tokens = f"{attempt.input_tokens:,} read, {attempt.output_tokens:,} written"
    return [
        ("Asked", attempt.requested_model),
        ("Answered by", attempt.returned_model),
        ("Took", f"{(attempt.ended_at - attempt.started_at).total_seconds():.1f} s"),
        ("Tokens", tokens if attempt.input_tokens or attempt.output_tokens else ""),
        ("Stopped because", attempt.stop_reason),
        ("HTTP status", attempt.status),
        ("Provider’s id", attempt.request_id),
        ("Client", attempt.client),
    ]


def pretty(body: dict[str, Any]) -> str:
    """A JSON body for reading; "" for an empty one."""
    return json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) if body else ""


def _wait(count: int) -> str:
    return f"{calls(count)} {'waits' if count == 1 else 'wait'}"
