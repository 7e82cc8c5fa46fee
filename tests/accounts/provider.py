"""A small OpenID Connect provider on loopback: discovery, keys, a code for whoever is set, signed identity tokens."""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "emeritus"
SECRET = "a secret of the client"


@dataclass
class Provider:
    """Who it says has signed in (`claims`), and what it was asked."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    nonces: dict[str, str] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def answer(self, method: str, path: str, sent: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        """Status, headers and JSON for a request."""
        self.asked.append(f"{method} {path}")
        if path == "/.well-known/openid-configuration":
            return 200, {}, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }  # fmt: skip
        if path == "/authorize":
            assert sent["response_type"] == "code"
            assert sent["code_challenge_method"] == "S256"
            back = f"{sent['redirect_uri']}?{urlencode({'code': 'once', 'state': sent['state']})}"
            return 302, {"Location": back}, {}
        if path == "/token":
            if (sent.get("client_id"), sent.get("client_secret"), sent.get("code")) != (
                CLIENT,
                SECRET,
                "once",
            ):
                return 400, {}, {"error": "invalid_grant"}
            return (
                200,
                {},
                {"access_token": "for-userinfo", "token_type": "Bearer", "id_token": self._token()},
            )
        if path == "/userinfo":
            return 200, {}, self.claims
        if path == "/keys":
            return 200, {}, {"keys": [self._public()]}
        return 404, {}, {}

    def _token(self) -> str:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})

    def _public(self) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        return {
            "kty": "RSA",
            "kid": "one",
            "alg": "RS256",
            "use": "sig",
            "n": _big(numbers.n),
            "e": _big(numbers.e),
        }


def _big(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that answers at its `issuer` until the end of the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._reply(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply(self.path, {key: values[0] for key, values in parse_qs(body).items()})

        def _reply(self, path: str, sent: dict[str, str]) -> None:
            status, headers, body = provider.answer(self.command, path, sent)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
