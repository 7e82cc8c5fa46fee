"""Fetch a copy of a source: a file, or an http(s) address. Bounded in size and time; no transaction is open."""

import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LARGEST = 20 * 1024 * 1024
SECONDS = 20


class Unobtainable(Exception):
    """The copy cannot be had; the message is a sentence."""


def fetch(source: str) -> bytes:
    """The bytes of a file, or of what an http or https address answers with."""
    scheme = urlsplit(source).scheme.lower()
    if scheme in ("http", "https"):
        return _from_address(source)
    if "://" in source:
        raise Unobtainable(
            f"Addresses of the kind {scheme}:// are not read; give a file, http:// or https://."
        )
    return _from_file(Path(source))


def _from_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _bounded(file.read(LARGEST + 1), str(path))
    except OSError as error:
        raise Unobtainable(f"{path} cannot be read: {error.strerror or error}.") from error


def _from_address(address: str) -> bytes:
    request = urllib.request.Request(
        address, headers={"Accept": "application/json", "User-Agent": "Emeritus"}
    )
    try:
        with _web().open(request, timeout=SECONDS) as answer:
            return _bounded(_read_in_time(answer), address)
    except urllib.error.HTTPError as error:
        raise Unobtainable(f"{address} answered {error.code}, not a copy.") from error
    except TimeoutError as error:
        raise Unobtainable(f"{address} did not answer within {SECONDS} seconds.") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Unobtainable(f"{address} could not be reached: {getattr(error, 'reason', error)}.") from error


def _web() -> urllib.request.OpenerDirector:
    """An opener that speaks http and https only, after a redirect too."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _read_in_time(answer: Any) -> bytes:
    """Read until the end, the size limit or the time limit; the socket's own timeout bounds one read only."""
    ends = time.monotonic() + SECONDS
    data = bytearray()
    while len(data) <= LARGEST and (chunk := answer.read1(64 * 1024)):
        data += chunk
        if time.monotonic() > ends:
            raise TimeoutError
    return bytes(data)


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise Unobtainable(f"{name} is larger than {LARGEST // 1024 // 1024} MB; that is no list of notices.")
    return data
