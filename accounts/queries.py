"""Reads: people, and what waits for somebody."""

from accounts.registry import Waiting, waiting
from core.policies import Actor


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything that waits for the actor, what is due first, then in the order of the apps."""
    found = [item for ask in waiting.values() for item in ask(actor)]
    return sorted(found, key=lambda item: (item.due is None, item.due.timestamp() if item.due else 0))
