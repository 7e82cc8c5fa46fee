"""Endpoints and calls, made by calling commands; `Asker` stands for an app above that wants answers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from audit.commands import in_command
from audit.testing import recorded
from core.policies import Process
from modelcalls import steps
from modelcalls.commands import register_endpoint
from modelcalls.models import Attempt, Call, Endpoint
from modelcalls.registry import Purpose, purposes, receivers
from tests.provider import ScriptedProvider

REGISTRAR = Process("Factories")

PURPOSE = "tests.answer"


def local_endpoint(*, adapter: str = "openai", name: str | None = None, **options: Any) -> Endpoint:
    """An endpoint at the real local model."""
    return register_endpoint(
        actor=REGISTRAR,
        name=name or f"Local model ({adapter})",
        adapter=adapter,
        base_url=os.environ["LOCAL_MODEL_URL"],
        model="smollm2-135m-instruct",
        parameters={"temperature": True},
        **options,
    )


def scripted_endpoint(
    server: ScriptedProvider, *, adapter: str = "anthropic", name: str | None = None, **options: Any
) -> Endpoint:
    """An endpoint at a provider that answers by script."""
    return register_endpoint(
        actor=REGISTRAR,
        name=name or f"Scripted ({adapter}) {uuid4().hex[:6]}",
        adapter=adapter,
        base_url=server.url,
        model="haldane-2",
        parameters={"temperature": True},
        **options,
    )


@dataclass
class Asker:
    """Receives answers for one purpose; what it does is told by `then`, as an app above would register it."""

    received: list[tuple[str, str]] = field(default_factory=list)
    fails: Exception | None = None

    def receive(self, call: Call, attempt: Attempt) -> None:
        in_command()
        if self.fails is not None:
            raise self.fails
        self.received.append((call.state, attempt.text))


@contextmanager
def asking(*, roles: frozenset[str] = frozenset({"interviewer"}), purpose: str = PURPOSE) -> Iterator[Asker]:
    """Register an asker for a purpose as long as the test runs."""
    asker = Asker()
    receivers.register(purpose, asker.receive)
    purposes.register(purpose, Purpose(label="Answers for a test", roles=roles))
    try:
        yield asker
    finally:
        del receivers._items[purpose], purposes._items[purpose]


def queued(
    endpoint: Endpoint, *, purpose: str = PURPOSE, subject: UUID | None = None, **options: Any
) -> Call:
    """A call in the queue, as a command of an app above would put it there."""
    subject = subject or uuid4()
    options.setdefault("slot", f"{purpose}/{subject}")
    options.setdefault("messages", [{"role": "user", "content": "What should we keep?"}])
    options.setdefault("max_tokens", 64)
    with recorded("a question"):
        return steps.queue_call(endpoint=endpoint, purpose=purpose, subject=subject, **options)
