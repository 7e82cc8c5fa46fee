"""Which addresses of webhooks are acceptable, and a door that opens to no other. No rows here.

A webhook makes this server ask another one. Unless held back it could be made to ask the database's, the cloud's
or a neighbour's (server-side request forgery): in production only https, only public addresses, no redirects.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Unreachable(Exception):
    """An address that is not asked; the message says why."""


def fault_of(url: str) -> str:
    """Why this address cannot be a webhook's, as a sentence; "" when it can. Looks nothing up."""
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.scheme not in ("https", "http"):
        return "Give the whole address, such as https://example.org/emeritus."
    if parts.username or parts.password:
        return "Leave name and password out of the address: the signature says who is calling."
    if parts.scheme == "http" and not settings.DEBUG:
        return "Use an https address."
    if not settings.DEBUG and _is_inside(str(parts.hostname)):
        return "This address is inside a private network. Give one that everybody can reach."
    return ""


def require_public(url: str) -> None:
    """Look the host up and raise Unreachable unless all its addresses are public. Nothing is asked of DEBUG."""
    if settings.DEBUG:
        return
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(f"The host {parts.hostname} was not found: {error}") from None
    for *_, address in found:
        _require_outside(str(address[0]))


def guarded_session() -> requests.Session:
    """A session without proxies, whose connections are refused once they lead inside."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, _GuardedAdapter(max_retries=0))
    return session


def _is_inside(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".internal", ".local"))
    mapped = getattr(address, "ipv4_mapped", None) or address
    return not mapped.is_global or mapped.is_multicast


def _require_outside(address: str) -> None:
    if _is_inside(address):
        raise Unreachable(f"The host leads to {address}, inside a private network. It was not asked.")


def _checked(connected: Any) -> Any:
    # A name may lead elsewhere a moment after it was looked up: what counts is where the line really ends.
    if not settings.DEBUG:
        try:
            _require_outside(str(connected.getpeername()[0]))
        except Unreachable:
            connected.close()
            raise
    return connected


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _TLSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


class _GuardedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}
