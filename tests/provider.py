"""A model provider that answers by script, over real HTTP, in both wire formats.

It replaces the provider and nothing of ours: requests reach it through the real SDKs.
`provider.will(refuses(), fails(429, retry_after=2))` scripts the next answers in order; then it says `usual`.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Step:
    """One scripted answer. `delay` in seconds, before the first byte."""

    text: str = "A scripted answer."
    stop: str = "end"
    model: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    drops: bool = False
    drips: float = 0.0
    delay: float = 0.0
    tokens: tuple[int, int] = (11, 7)

    def after(self, seconds: float) -> Step:
        return replace(self, delay=seconds)


def says(text: str, *, tokens: tuple[int, int] = (11, 7)) -> Step:
    return Step(text=text, tokens=tokens)


def refuses(text: str = "I would rather not answer that.") -> Step:
    return Step(text=text, stop="refusal")


def stops_at_limit(text: str = "And so, in the end, I") -> Step:
    return Step(text=text, stop="limit")


def answers_as(model: str, text: str = "An answer of another model.") -> Step:
    return Step(text=text, model=model)


def stops_for(reason: str) -> Step:
    return Step(stop=reason)


def fails(
    status: int, message: str = "scripted failure", *, retry_after: str | int | None = None, code: str = ""
) -> Step:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    error: dict[str, Any] = {
        "type": "scripted",
        "message": message,
        "code": code,
        "details": {"error_code": code},
    }
    return Step(status=status, headers=headers, raw=json.dumps({"type": "error", "error": error}).encode())


def drops() -> Step:
    """The connection is cut after the headers and half of the body."""
    return Step(drops=True)


def garbles(body: bytes = b'{"id": "half an ans') -> Step:
    return Step(raw=body)


def redirects(target: str) -> Step:
    return Step(status=307, headers={"Location": target}, raw=b"")


def drips(seconds: float) -> Step:
    """The body arrives one byte every 50 ms for `seconds`, and never ends before."""
    return Step(drips=seconds)


def hangs(seconds: float) -> Step:
    return Step(delay=seconds)


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is what some tests are about."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class ScriptedProvider:
    """Use as a context manager; `url` is its address, `received` every request it got."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.usual: Step | Callable[[Received], Step] = Step()
        self.most_at_once = 0
        self._now = 0
        self._script: deque[Step] = deque()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def will(self, *steps: Step) -> ScriptedProvider:
        with self._lock:
            self._script.extend(steps)
        return self

    def wait_for(self, requests: int, *, seconds: float = 20.0) -> None:
        """Returns once `requests` requests arrived; fails when they do not."""
        end = time.monotonic() + seconds
        while len(self.received) < requests:
            assert time.monotonic() < end, (
                f"{len(self.received)} of {requests} requests arrived in {seconds} s"
            )
            time.sleep(0.02)

    def __enter__(self) -> Self:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def _step_for(self, received: Received) -> Step:
        with self._lock:
            self.received.append(received)
            if self._script:
                return self._script.popleft()
        return self.usual(received) if callable(self.usual) else self.usual

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                received = Received(self.path, headers, body, time.monotonic())
                with provider._lock:
                    provider._now += 1
                    provider.most_at_once = max(provider.most_at_once, provider._now)
                try:
                    self.answer(received, provider._step_for(received))
                except OSError:
                    self.close_connection = True  # the other side went away, as some tests want
                finally:
                    with provider._lock:
                        provider._now -= 1

            def answer(self, received: Received, step: Step) -> None:
                provider._stopping.wait(step.delay)
                raw = step.raw if step.raw is not None else _body(received, step)
                self.send_response(step.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.send_header("request-id", f"req-{len(provider.received)}")
                for name, value in step.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if step.drops:
                    self.wfile.write(raw[: len(raw) // 2])
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                end = time.monotonic() + step.drips
                while time.monotonic() < end:
                    self.wfile.write(raw[:1])
                    raw = raw[1:] or b" "
                    time.sleep(0.05)
                self.wfile.write(raw)

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler


def _body(received: Received, step: Step) -> bytes:
    model = step.model if step.model is not None else received.body.get("model", "")
    if received.path.endswith("/messages"):
        return json.dumps(_anthropic(step, model)).encode()
    return json.dumps(_openai(step, model)).encode()


def _anthropic(step: Step, model: str) -> dict[str, Any]:
    stops = {"end": "end_turn", "limit": "max_tokens", "refusal": "refusal"}
    return {
        "id": "msg_scripted",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": step.text}],
        "stop_reason": stops.get(step.stop, step.stop),
        "stop_sequence": None,
        "usage": {"input_tokens": step.tokens[0], "output_tokens": step.tokens[1]},
    }


def _openai(step: Step, model: str) -> dict[str, Any]:
    stops = {"end": "stop", "limit": "length", "refusal": "stop"}
    refused = step.stop == "refusal"
    message = {
        "role": "assistant",
        "content": None if refused else step.text,
        "refusal": step.text if refused else None,
    }
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": stops.get(step.stop, step.stop)}],
        "usage": {
            "prompt_tokens": step.tokens[0],
            "completion_tokens": step.tokens[1],
            "total_tokens": sum(step.tokens),
        },
    }
