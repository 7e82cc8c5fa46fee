"""What every provider adapter speaks: one request, one reply, and what a reply means.

Here: frozen values and the rules that sort replies and errors. Not here: the network (`wire`), a provider's
own format (`anthropic`, `openai`), and the database. Importable without Django settings.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, Protocol

Json = dict[str, Any]

#: Sent where an endpoint names no key. Both SDKs insist on a key; a local server ignores it.
NO_KEY = "none-needed"

#: Statuses that may pass by themselves. 501 is the one server error that waiting does not mend.
_PASSING = frozenset({408, 409, 425, 429})

#: Error codes that arrive as 429 but mean "no money left": waiting does not mend them either.
_SPENT = frozenset(
    {
        "insufficient_quota",
        "billing_hard_limit_reached",
        "contract_spend_limit_reached",
        "enforced_spend_limit_reached",
        "linked_organization_spend_limit_reached",
    }
)


class Outcome(StrEnum):
    """What a reply turned out to be. None of these is ever retried by the machine."""

    COMPLETED = "completed"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    MISMATCHED = "mismatched"


@dataclass(frozen=True, slots=True)
class Message:
    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one endpoint. Timeouts in seconds; `timeout` bounds the whole call.

    `key_variable` is the *name* of the environment variable that holds the key, "" for none.
    `token_limit` is the name the server gives to the limit ("max_tokens" or "max_completion_tokens").
    """

    base_url: str
    model: str
    messages: Sequence[Message]
    max_tokens: int
    system: str = ""
    temperature: float | None = None
    accepted_names: Collection[str] = ()
    key_variable: str = ""
    token_limit: str = "max_tokens"
    timeout: float = 300.0
    connect_timeout: float = 5.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, raw and sorted; `request` and `response` are the JSON bodies that crossed the wire."""

    outcome: Outcome
    text: str
    requested_model: str
    returned_model: str
    stop_reason: str
    request: Json
    response: Json
    request_id: str = ""
    usage: Json = field(default_factory=dict)
    input_tokens: int = 0
    output_tokens: int = 0


class CallFailed(Exception):
    """No usable reply. `sentence` is for people and holds no secret; the bodies are what was seen, if any."""

    def __init__(
        self,
        sentence: str,
        *,
        status: int | None = None,
        request: Json | None = None,
        response: Json | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
        self.request = request or {}
        self.response = response or {}
        self.request_id = request_id


class Transient(CallFailed):
    """May pass by itself: no connection, a timeout, 429, 5xx. `retry_after`: seconds the server asked for."""

    def __init__(self, sentence: str, *, retry_after: float | None = None, **seen: Any) -> None:
        super().__init__(sentence, **seen)
        self.retry_after = retry_after


class Final(CallFailed):
    """Trying again would fail in the same way: a wrong key, an unknown model, an unreadable answer."""


class Adapter(Protocol):
    """One blocking call, without retries. Raises `Transient` or `Final`; returns every other outcome."""

    def __call__(self, request: Request) -> Reply: ...


def key_of(request: Request) -> str:
    """The key, read from the environment at the moment of the call. Raises `Final` when it is not there."""
    if not request.key_variable:
        return NO_KEY
    key = os.environ.get(request.key_variable, "")
    if not key:
        raise Final(
            f"The worker has no key for this endpoint. Set {request.key_variable} where the worker runs, "
            "restart it, then ask again."
        )
    return key


def sort_reply(
    *, stop_reason: str, refused: bool, request: Request, returned_model: str, stops: Mapping[str, Outcome]
) -> Outcome:
    """The outcome of a reply that arrived whole. Another model's reply is just that, whatever it says."""
    if returned_model not in {request.model, *request.accepted_names}:
        return Outcome.MISMATCHED
    if refused:
        return Outcome.REFUSED
    if stop_reason not in stops:
        raise Final(
            f"The provider stopped for a reason that is not known here: “{stop_reason[:80] or 'none given'}”."
        )
    return stops[stop_reason]


def is_passing(status: int, code: str = "") -> bool:
    """Whether an HTTP error may pass by itself."""
    if code in _SPENT or status == 501:
        return False
    return status in _PASSING or status >= 500


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds a server asked us to wait: a number or a date (RFC 9110, 10.2.3), or `retry-after-ms`."""
    milliseconds = headers.get("retry-after-ms", "")
    if milliseconds.isdigit():
        return int(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        instant = parsedate_to_datetime(value)
    except ValueError:
        return None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(0.0, (instant - (now or datetime.fromtimestamp(time.time(), UTC))).total_seconds())


def count(value: object) -> int:
    """A token count from an untrusted body: 0 unless it is a whole number that fits a database column."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else 0


def storable(value: Any) -> Any:
    """An untrusted JSON value as PostgreSQL can keep it: no NUL, no lone surrogate, no NaN."""
    if isinstance(value, str):
        return value.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def text_of(value: object) -> str:
    """A string from an untrusted body; "" for anything else."""
    return str(storable(value)) if isinstance(value, str) else ""


def mapping_of(value: object) -> Json:
    """A JSON object from an untrusted body; an empty one for anything else."""
    return value if isinstance(value, dict) else {}
