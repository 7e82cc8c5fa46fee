"""Register an endpoint, change its limits, and ask it a test question."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from audit.commands import command, locked, record, unchanged
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from modelcalls import policies, steps
from modelcalls.events import Verb
from modelcalls.models import AdapterName, Call, Endpoint
from modelcalls.states import CallState

_KEY_NAME = re.compile(r"[A-Z][A-Z0-9_]*_API_KEY")
#: The purpose, the words and the limit of a test question.
CHECK = "modelcalls.check"
QUESTION = "Please answer with one short sentence: which model are you?"
CHECK_TOKENS = 60
_TOKEN_LIMITS = ("max_tokens", "max_completion_tokens")


@command(Verb.ENDPOINT_REGISTERED)
def register_endpoint(
    *,
    actor: Actor,
    name: str,
    adapter: str,
    base_url: str,
    model: str,
    accepted_names: Sequence[str] = (),
    key_variable: str = "",
    parameters: Mapping[str, Any] | None = None,
    max_concurrency: int = 2,
    budget_tokens: int | None = None,
) -> Endpoint:
    """A place where an AI model can be called.

    `key_variable` is the name of an environment variable ending in _API_KEY, "" for a server without keys.
    `parameters`: `{"temperature": true}` where it takes one; `{"token_limit": "max_completion_tokens"}` where
    the limit is called that. A name that is taken is IllegalMove; anything malformed is Unacceptable.
    """
    require(policies.may_register_endpoint(actor))
    if not name.strip() or not model.strip():
        raise Unacceptable("Give the endpoint a name, and the model's name as requests spell it.", "name")
    if adapter not in AdapterName.values:
        raise Unacceptable(f"The format is one of {', '.join(AdapterName.values)}.", "adapter")
    _require_key_name(key_variable)
    _require_address(base_url, with_key=bool(key_variable))
    _require_limits(max_concurrency, budget_tokens)
    if Endpoint.objects.filter(name=name.strip()).exists():
        raise IllegalMove(f"There is an endpoint “{name.strip()}” already. Choose another name.")
    endpoint = Endpoint(
        name=name.strip(),
        adapter=adapter,
        base_url=base_url.rstrip("/"),
        model=model.strip(),
        accepted_names=sorted(set(accepted_names)),
        key_variable=key_variable,
        parameters=_acceptable_parameters(parameters or {}),
        max_concurrency=max_concurrency,
        budget_tokens=budget_tokens,
    )
    endpoint.save(force_insert=True)
    record(endpoint, data={"base_url": endpoint.base_url, "model": endpoint.model})
    return endpoint


@command(Verb.ENDPOINT_CHANGED)
def change_endpoint(
    *,
    actor: Actor,
    endpoint_id: UUID,
    max_concurrency: int,
    budget_tokens: int | None,
    active: bool,
    accepted_names: Sequence[str] | None = None,
) -> Endpoint:
    """Change the limits, the names it may answer with, or switch it on or off. Its address and model stay."""
    endpoint = locked(Endpoint, endpoint_id)
    require(policies.may_change_endpoint(actor))
    _require_limits(max_concurrency, budget_tokens)
    names = endpoint.accepted_names if accepted_names is None else sorted(set(accepted_names))
    wanted = (max_concurrency, budget_tokens, active, names)
    before = (endpoint.max_concurrency, endpoint.budget_tokens, endpoint.active, endpoint.accepted_names)
    if wanted == before:
        return unchanged(endpoint)
    endpoint.max_concurrency, endpoint.budget_tokens, endpoint.active, endpoint.accepted_names = wanted
    endpoint.save()
    record(endpoint)
    return endpoint


@command(Verb.ENDPOINT_CHECKED)
def check_endpoint(*, actor: Actor, endpoint_id: UUID) -> Call:
    """Ask the endpoint one short question through the ordinary runner. Its answer is kept as every other's.

    IllegalMove while an earlier test question is under way; Unacceptable where the endpoint is switched off.
    """
    endpoint = locked(Endpoint, endpoint_id)
    require(policies.may_change_endpoint(actor))
    asked = Call.objects.filter(purpose=CHECK, subject=endpoint.pk)
    under_way = asked.filter(state__in=[CallState.QUEUED, CallState.RUNNING]).first()
    if under_way is not None:
        raise IllegalMove(
            f"A test question is under way in model call {under_way.number}. Wait for its answer."
        )
    call = steps.queue_call(
        endpoint=endpoint,
        purpose=CHECK,
        subject=endpoint.pk,
        slot=f"{CHECK}:{endpoint.pk}:{asked.count() + 1}",
        messages=[{"role": "user", "content": QUESTION}],
        max_tokens=CHECK_TOKENS,
    )
    record(endpoint, data={"call": call.number})
    return call


def _require_key_name(name: str) -> None:
    # Any other variable is refused: an endpoint must not be a way to send a password or SECRET_KEY abroad.
    if name and not _KEY_NAME.fullmatch(name):
        raise Unacceptable(
            "Name the variable that holds the key, not the key: capitals, ending in _API_KEY.", "key_variable"
        )


def _require_address(url: str, *, with_key: bool) -> None:
    try:
        parts = urlsplit(url)
        plain = parts.port != 0 and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        plain = False
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unacceptable("Give the server's address, such as https://api.example.org.", "base_url")
    if with_key and parts.scheme == "http" and not _is_private(parts.hostname):
        raise Unacceptable("A key is sent over https only. Use an https address.", "base_url")


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def _require_limits(max_concurrency: int, budget_tokens: int | None) -> None:
    if not 1 <= max_concurrency <= 1000:
        raise Unacceptable("Let at least 1 and at most 1000 calls run at once.", "max_concurrency")
    if budget_tokens is not None and budget_tokens < 0:
        raise Unacceptable("A budget is a number of tokens, or empty for none.", "budget_tokens")


def _acceptable_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(parameters) - {"temperature", "token_limit"}
    if unknown:
        raise Unacceptable(f"There is no parameter {', '.join(sorted(unknown))}.", "parameters")
    if not isinstance(parameters.get("temperature", False), bool):
        raise Unacceptable("Say true or false: whether it takes a temperature.", "parameters")
    if parameters.get("token_limit", "max_tokens") not in _TOKEN_LIMITS:
        raise Unacceptable(f"The limit is called {' or '.join(_TOKEN_LIMITS)}.", "parameters")
    return dict(parameters)
