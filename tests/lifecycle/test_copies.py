"""Fetching a copy over http: bounded, and no other kind of address after a redirect either."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lifecycle import copies


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "ftp://127.0.0.1/copy.json")
            self.end_headers()
            return
        if self.path == "/missing":
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"[]" if self.path == "/copy.json" else b" " * 5000)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_copy_is_fetched_from_an_address(address):
    assert copies.fetch(f"{address}/copy.json") == b"[]"


def test_an_answer_that_is_no_copy_is_said_with_its_status(address):
    with pytest.raises(copies.Unobtainable, match="answered 404"):
        copies.fetch(f"{address}/missing")


def test_a_redirect_to_another_kind_of_address_is_not_followed(address):
    with pytest.raises(copies.Unobtainable):
        copies.fetch(f"{address}/away")


def test_a_copy_that_is_too_large_is_refused(address, monkeypatch, tmp_path):
    monkeypatch.setattr(copies, "LARGEST", 1000)
    with pytest.raises(copies.Unobtainable, match="larger than"):
        copies.fetch(f"{address}/large")
    (tmp_path / "large").write_bytes(b" " * 2000)
    with pytest.raises(copies.Unobtainable, match="larger than"):
        copies.fetch(str(tmp_path / "large"))
