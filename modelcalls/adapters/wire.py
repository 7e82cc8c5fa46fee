"""The connection both SDKs use: bounded in time and size, keeping what crossed it, and mapping errors.

Here: the httpx2 client handed to the SDKs, and what an error on the wire stands for. Not here: what a body
means.
"""

from __future__ import annotations

import ipaddress
import json
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2

from modelcalls.adapters.base import (
    Final,
    Json,
    Request,
    Transient,
    is_passing,
    retry_after,
    storable,
    text_of,
)

#: Bytes of one answer. A long essay is some 100 kB; whatever is larger is not an answer.
LARGEST_ANSWER = 8 * 1024 * 1024

#: Characters kept of an answer that is not JSON.
KEPT_UNREADABLE = 20_000


class _Bounded(httpx2.SyncByteStream):
    """A body that must end by `deadline` (monotonic seconds): a read timeout alone bounds only each chunk."""

    def __init__(self, stream: httpx2.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST_ANSWER:
                raise Final(f"The answer is larger than {LARGEST_ANSWER // 2**20} MB and was not read.")
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer did not end in time")
            yield chunk

    def close(self) -> None:
        self._stream.close()


class Exchange:
    """One call through an SDK: hand it `client`, then ask what crossed the wire."""

    def __init__(self, request: Request, key: str) -> None:
        self._key = key
        self._seconds = request.timeout
        self._deadline = time.monotonic() + request.timeout
        self._sent: httpx2.Request | None = None
        self._answer: httpx2.Response | None = None
        self.body: Json = {}
        self.timeout = httpx2.Timeout(request.timeout, connect=request.connect_timeout)
        self.client = httpx2.Client(
            timeout=self.timeout,
            follow_redirects=False,  # a redirect would carry the question, or the key, to another host
            trust_env=not _is_local(request.base_url),  # no proxy stands between us and this machine
            event_hooks={"request": [self._keep_request], "response": [self._keep_answer]},
        )

    def _keep_request(self, request: httpx2.Request) -> None:
        self._sent = request

    def _keep_answer(self, answer: httpx2.Response) -> None:
        if isinstance(answer.stream, httpx2.SyncByteStream):
            answer.stream = _Bounded(answer.stream, self._deadline)
        self._answer = answer

    def clean(self, text: str) -> str:
        """`text` without the key, should a server have echoed it."""
        return text_of(text.replace(self._key, "[key]"))

    def sent(self) -> Json:
        """The body of the request as it was sent."""
        return self._as_json(self._sent.content.decode()) if self._sent is not None else {}

    def request_id(self) -> str:
        headers = self._answer.headers if self._answer is not None else {}
        return text_of(headers.get("request-id") or headers.get("x-request-id") or "")[:200]

    def seen(self) -> dict[str, Any]:
        """What a `CallFailed` keeps. Never a header: they carry the key."""
        status = self._answer.status_code if self._answer is not None else None
        return {"request": self.sent(), "status": status, "request_id": self.request_id()}

    def read(self, body: str) -> Json:
        """The JSON object of a whole answer. Raises `Final` when it is none."""
        self.body = self._as_json(body)
        if "unreadable" in self.body:
            raise Final("The provider's answer cannot be read: it is not a JSON object.")
        return self.body

    def failed_with(self, answer: httpx2.Response, *, said: str, code: str) -> Final | Transient:
        """The failure an HTTP error stands for; `said` and `code` are the provider's words for it."""
        status = answer.status_code
        seen = self.seen() | {"response": self._as_json(answer.text)}
        reason = self.clean(said).strip()[:500].rstrip(".") or "no reason given"
        sentence = f"The provider answered {status}: {reason}."
        if is_passing(status, code):
            return Transient(sentence, retry_after=retry_after(answer.headers), **seen)
        return Final(sentence, **seen)

    def lost(self, error: Exception, *, timed_out: bool) -> Transient:
        """The failure of a call without a whole answer. One may exist and be billed: it is lost to us."""
        if timed_out:
            return Transient(f"The provider did not answer within {self._seconds:g} seconds.", **self.seen())
        cause = error.__cause__ or error
        said = self.clean(str(cause))[:300].rstrip(".") or type(cause).__name__
        return Transient(f"The connection to the provider failed: {said}.", **self.seen())

    def _as_json(self, body: str) -> Json:
        body = self.clean(body)
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            return {"unreadable": body[:KEPT_UNREADABLE]}
        kept: Json = storable(value)
        return kept


@contextmanager
def exchange(request: Request, key: str) -> Iterator[Exchange]:
    """An open exchange; whatever fails inside keeps what was sent, and the connection is closed."""
    held = Exchange(request, key)
    try:
        with warnings.catch_warnings():
            # The SDKs warn about retired models by name. Retired models are what this product calls.
            warnings.simplefilter("ignore", DeprecationWarning)
            yield held
    except Final as error:
        seen = held.seen()
        error.request = error.request or seen["request"]
        error.request_id = error.request_id or seen["request_id"]
        error.status = error.status or seen["status"]
        error.response = error.response or held.body
        raise
    finally:
        held.client.close()


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
