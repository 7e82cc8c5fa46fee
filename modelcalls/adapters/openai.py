"""Chat completions through the official openai SDK: OpenAI, and the many servers that speak its format.

`base_url` is the server's address without `/v1`, as for the other adapter; one ending in a version is kept.
"""

from __future__ import annotations

import re
from typing import Any

import openai

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

_STOPS = {"stop": Outcome.COMPLETED, "length": Outcome.TRUNCATED, "content_filter": Outcome.REFUSED}


def ask(request: Request) -> Reply:
    """One call. Raises `Transient` or `Final`."""
    key = key_of(request)
    with exchange(request, key) as held:
        client = openai.OpenAI(
            api_key=key,
            base_url=_versioned(request.base_url),
            timeout=held.timeout,
            max_retries=0,
            http_client=held.client,
        )
        try:
            answer = client.chat.completions.with_raw_response.create(
                model=request.model,
                messages=_messages(request),
                temperature=openai.omit if request.temperature is None else request.temperature,
                extra_body={request.token_limit: request.max_tokens},
            )
            body = answer.http_response.text
        except openai.APITimeoutError as error:
            raise held.lost(error, timed_out=True) from error
        except openai.APIStatusError as error:
            raise held.failed_with(error.response, said=_said(error), code=error.code or "") from error
        except openai.APIConnectionError as error:
            raise _lost_or_refused(held, error) from error
        return _reply(request, held, held.read(body))


def _versioned(base_url: str) -> str:
    address = base_url.rstrip("/")
    return address if re.search(r"/v\d+\w*$", address) else f"{address}/v1"


def _messages(request: Request) -> list[Any]:
    system = [{"role": "system", "content": request.system}] if request.system else []
    return system + [{"role": m.role, "content": m.content} for m in request.messages]


def _said(error: openai.APIStatusError) -> str:
    body = error.body
    return text_of(body.get("message")) if isinstance(body, dict) else ""


def _lost_or_refused(held: Exchange, error: openai.APIConnectionError) -> Exception:
    """Our own `Final`, raised while a body was read, comes back wrapped."""
    return error.__cause__ if isinstance(error.__cause__, Final) else held.lost(error, timed_out=False)


def _reply(request: Request, held: Exchange, body: Json) -> Reply:
    choices = body.get("choices")
    choice = mapping_of(choices[0]) if isinstance(choices, list) and choices else {}
    message = mapping_of(choice.get("message"))
    usage = mapping_of(body.get("usage"))
    stop_reason = text_of(choice.get("finish_reason"))
    refusal = text_of(message.get("refusal"))
    returned = text_of(body.get("model"))
    return Reply(
        outcome=sort_reply(
            stop_reason=stop_reason,
            refused=bool(refusal),
            request=request,
            returned_model=returned,
            stops=_STOPS,
        ),
        text=refusal or text_of(message.get("content")),
        requested_model=request.model,
        returned_model=returned,
        stop_reason=stop_reason,
        request=held.sent(),
        response=body,
        request_id=held.request_id() or text_of(body.get("id"))[:200],
        usage=usage,
        input_tokens=count(usage.get("prompt_tokens")),
        output_tokens=count(usage.get("completion_tokens")),
    )
