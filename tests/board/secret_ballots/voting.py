"""How a secret vote is voted on and closed, and what tells of it."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.actors import PersonActor
from audit.models import Event
from board.commands import ballots
from board.models import Ballot, Position
from board.tasks import close_due_ballots
from core import clock

REASON = "The zebra was never counted."
READERS = ("steward", "chair", "colleague", "secretary", "auditor")
Clients = Callable[[str], Client]


def take(actor: PersonActor, ballot: Ballot, position: str = "approve", **said: Any) -> Position:
    return ballots.take_position(actor=actor, ballot_id=ballot.pk, position=position, **said)


def close(ballot: Ballot) -> None:
    with clock.frozen(ballot.closes_at):
        close_due_ballots()
    ballot.refresh_from_db()


def url(name: str, ballot: Ballot, *args: object) -> str:
    return reverse(f"board:{name}", args=[ballot.pk, *args])


def of_the_vote() -> set[int]:
    """The numbers of all events that tell of a position."""
    found = Event.objects.filter(verb__in=["board.position.taken", "board.recusal.declared"])
    return set(found.values_list("number", flat=True))
