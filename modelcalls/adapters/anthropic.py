"""The Messages API through the official anthropic SDK: Anthropic itself, and servers that speak its format.

Sampling parameters left the SDK's signatures in 1.0; older models still honour them in the body, so
`temperature` goes through `extra_body`, and only for endpoints that say they take it.
"""

from __future__ import annotations

from typing import Any

import anthropic

from modelcalls.adapters.base import (
    Final,
    Json,
    Outcome,
    Reply,
    Request,
    count,
    key_of,
    mapping_of,
    sort_reply,
    text_of,
)
from modelcalls.adapters.wire import Exchange, exchange

_STOPS = {
    "end_turn": Outcome.COMPLETED,
    "stop_sequence": Outcome.COMPLETED,
    "max_tokens": Outcome.TRUNCATED,
    "model_context_window_exceeded": Outcome.TRUNCATED,
    "refusal": Outcome.REFUSED,
}

#: Every kind of token that was read; `input_tokens` alone leaves out what came from a cache.
_READ = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")


def ask(request: Request) -> Reply:
    """One call. Raises `Transient` or `Final`."""
    key = key_of(request)
    with exchange(request, key) as held:
        client = anthropic.Anthropic(
            api_key=key,
            base_url=request.base_url,
            timeout=held.timeout,
            max_retries=0,
            http_client=held.client,
        )
        try:
            answer = client.messages.with_raw_response.create(
                model=request.model,
                max_tokens=request.max_tokens,
                messages=_messages(request),
                system=request.system or anthropic.omit,
                extra_body={} if request.temperature is None else {"temperature": request.temperature},
            )
            body = answer.http_response.text
        except anthropic.APITimeoutError as error:
            raise held.lost(error, timed_out=True) from error
        except anthropic.APIStatusError as error:
            raise held.failed_with(
                error.response, said=error.api_message or "", code=error.error_code or ""
            ) from error
        except anthropic.APIConnectionError as error:
            raise _lost_or_refused(held, error) from error
        return _reply(request, held, held.read(body))


def _messages(request: Request) -> list[Any]:
    return [{"role": m.role, "content": m.content} for m in request.messages]


def _lost_or_refused(held: Exchange, error: anthropic.APIConnectionError) -> Exception:
    """Our own `Final`, raised while a body was read, comes back wrapped."""
    return error.__cause__ if isinstance(error.__cause__, Final) else held.lost(error, timed_out=False)


def _reply(request: Request, held: Exchange, body: Json) -> Reply:
    usage = mapping_of(body.get("usage"))
    stop_reason = text_of(body.get("stop_reason"))
    returned = text_of(body.get("model"))
    blocks = body.get("content")
    text = "".join(
        text_of(block.get("text"))
        for block in map(mapping_of, blocks if isinstance(blocks, list) else [])
        if block.get("type") == "text"
    )
    return Reply(
        outcome=sort_reply(
            stop_reason=stop_reason, refused=False, request=request, returned_model=returned, stops=_STOPS
        ),
        text=text,
        requested_model=request.model,
        returned_model=returned,
        stop_reason=stop_reason,
        request=held.sent(),
        response=body,
        request_id=held.request_id(),
        usage=usage,
        input_tokens=min(sum(count(usage.get(name)) for name in _READ), 2**31 - 1),
        output_tokens=count(usage.get("output_tokens")),
    )
