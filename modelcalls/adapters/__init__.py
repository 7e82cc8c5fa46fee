"""Provider adapters: pure functions from a `Request` to a `Reply`, over the official SDKs. No database."""

from __future__ import annotations

from modelcalls.adapters import anthropic, openai
from modelcalls.adapters.base import Adapter, CallFailed, Final, Message, Outcome, Reply, Request, Transient

ADAPTERS: dict[str, Adapter] = {"anthropic": anthropic.ask, "openai": openai.ask}

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
]
