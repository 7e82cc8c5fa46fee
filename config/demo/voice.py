"""How the fictional models speak: a server on loopback that answers with the texts written for this demonstration.

Everything else is real: endpoints, calls and attempts, run by the product's own runner, in this process. The
server lives only while records are made; afterwards the endpoints are switched off.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from config.demo import texts
from config.demo.people import actor
from core.errors import IllegalMove
from lifecycle.commands import ai_models
from lifecycle.models import AIModel
from modelcalls import commands as modelcalls
from modelcalls import runner
from modelcalls.models import Call, Endpoint
from modelcalls.states import CallState

PATIENCE = 120.0
"""Seconds until answers that do not come are given up."""

SPEAKERS = ("Haldane 1", "Haldane 2", "Wren")


def endpoint_name(model: str) -> str:
    return f"{model}: {texts.LABEL[0].lower()}{texts.LABEL[1:]}"


def has_spoken() -> bool:
    """Whether the fictional models have said all they say: their endpoints are there, and switched off."""
    found = Endpoint.objects.filter(name__in=map(endpoint_name, SPEAKERS))
    return len(found) == len(SPEAKERS) and not any(each.active for each in found)


@contextmanager
def speaking() -> Iterator[None]:
    """Let the fictional models be called while the block runs; switch their endpoints off when it has ended well."""
    known = Endpoint.objects.filter(name=endpoint_name(SPEAKERS[0])).first()
    # An endpoint's address is never changed: a run that was cut short is continued at the same port.
    port = urlsplit(known.base_url).port if known else 0
    with ThreadingHTTPServer(("127.0.0.1", port or 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            endpoints = [_endpoint(model, server.server_port) for model in SPEAKERS]
            yield
            for endpoint in endpoints:
                modelcalls.change_endpoint(
                    actor=actor("steward"),
                    endpoint_id=endpoint.id,
                    max_concurrency=endpoint.max_concurrency,
                    budget_tokens=None,
                    active=False,
                )
        finally:
            server.shutdown()


def hear_them_out() -> None:
    """Run the calls that wait for a fictional model, until none is left. A worker may take some: then wait."""
    deadline = time.monotonic() + PATIENCE
    waiting = Call.objects.filter(
        endpoint__name__in=map(endpoint_name, SPEAKERS), state__in=[CallState.QUEUED, CallState.RUNNING]
    ).order_by("number")
    while calls := list(waiting.values_list("pk", flat=True)):
        for call_id in calls:
            if runner.run(call_id) is None:
                time.sleep(0.05)
        if time.monotonic() > deadline:
            raise IllegalMove("The demonstration's own texts were not answered in time. Run it again.")


def _endpoint(model: str, port: int) -> Endpoint:
    """The endpoint of a fictional model, and the model called there."""
    found = Endpoint.objects.filter(name=endpoint_name(model)).first() or modelcalls.register_endpoint(
        actor=actor("steward"),
        name=endpoint_name(model),
        adapter="openai",
        base_url=f"http://127.0.0.1:{port}",
        model=model.lower().replace(" ", "-"),
        max_concurrency=8,
    )
    ai_models.edit_ai_model(
        actor=actor("steward"),
        ai_model_id=AIModel.objects.get(name=model, ours=True).id,
        endpoint_id=found.id,
    )
    return found


class _Answers(BaseHTTPRequestHandler):
    """Chat completions with prepared texts; 404 for a question nobody prepared an answer to."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = texts.answer(asked["model"], [(one["role"], one["content"]) for one in asked["messages"]])
        if said is None:
            self._send(404, {"error": {"message": "No text was written for this question."}})
            return
        self._send(
            200,
            {
                "id": "written-for-this-demonstration",
                "object": "chat.completion",
                "created": int(time.time()),
                "model": asked["model"],
                "choices": [
                    {
                        "index": 0,
                        "message": {"role": "assistant", "content": said},
                        "finish_reason": "stop",
                    }
                ],
            },
        )

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """The records tell of every call; the terminal need not."""
