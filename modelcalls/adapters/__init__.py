"""Provider adapters: pure functions from a `Request` to a `Reply`, over the official SDKs. No database."""

from __future__ import annotations

from importlib.metadata import version

from modelcalls.adapters import anthropic, openai
from modelcalls.adapters.base import Adapter, CallFailed, Final, Message, Outcome, Reply, Request, Transient

ADAPTERS: dict[str, Adapter] = {"anthropic": anthropic.ask, "openai": openai.ask}


def client_of(adapter: str) -> str:
    """The library an adapter speaks through, with its version: part of an attempt's provenance."""
    return f"{adapter} {version(adapter)}"


__all__ = [
    "ADAPTERS",
    "Adapter",
    "CallFailed",
    "Final",
    "Message",
    "Outcome",
    "Reply",
    "Request",
    "Transient",
    "client_of",
]
