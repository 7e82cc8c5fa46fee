"""What every part of the public API shares: answers that can be asked for again cheaply, and problems in one form.

Read-only and without a key. Errors are problem details (RFC 9457). Not here: what is answered, which each app's own
`api.py` says, and where it is mounted (config/api.py).
"""

import json
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from core.digests import sha256_hex

ROOT = "/api/v1/"
PROBLEM = "application/problem+json"


def answer(request: HttpRequest, body: Any, *, changed_at: datetime | None = None) -> HttpResponse:
    """`body` as JSON with its ETag and, where it is known, Last-Modified; 304 to whoever has just this one."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    etag = f'"{sha256_hex(text)[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        headers["Last-Modified"] = http_date(modified)
    response = HttpResponse(text, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag, modified, response) or response


def problem(status: int, detail: str = "") -> HttpResponse:
    """A problem: its status, the status in words, and a sentence about this one."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        said["detail"] = detail
    return HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type=PROBLEM)


class ProblemDetails:
    """Middleware: whatever goes wrong under the API's root, also where nothing is, is told in the same form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked  # the web server leaves the body out
        response = self.get_response(request)
        request.method = asked
        if response.status_code >= 400 and response.headers.get("Content-Type") != PROBLEM:
            told = problem(response.status_code, _SENTENCES.get(response.status_code, ""))
            if "Allow" in response:
                told["Allow"] = response["Allow"]
            response = told
        response["Access-Control-Allow-Origin"] = "*"
        return response


_SENTENCES = {
    404: "There is nothing here. What there is, is listed in /api/v1/openapi.json.",
    405: "The API is read-only: use GET or HEAD.",
}


def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """A refusal of ours (core.errors), with its own sentence."""
    return problem(refusal.status, refusal.sentence)


def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """What was asked for cannot be read (ninja's ValidationError): which part of it, and why."""
    parts = [f"{'.'.join(map(str, part['loc'][1:]))}: {part['msg']}" for part in error.errors]
    return problem(422, "; ".join(parts))
