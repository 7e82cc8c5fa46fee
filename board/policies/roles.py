"""Who somebody is to a board: its secretary, or nobody."""

from collections.abc import Iterable
from uuid import UUID

from board.models import (
    Seat,
)
from core.policies import Actor, any_of

NOBODY = UUID(int=0)
READERS = ("board_member", "secretary", "steward", "auditor")
KEEPERS = ("steward", "secretary")


def id_of(actor: Actor | None) -> UUID:
    """The id of the person who acts; of nobody for a process."""
    return actor.id if actor is not None and actor.id is not None else NOBODY


def is_secretary_of(actor: Actor | None, board_id: UUID, known: bool | None = None) -> bool:
    """Whether the actor holds the role and a secretary's seat on this board.

    `known`: the answer, where a page asks several policies and has asked this already.
    """
    if known is not None:
        return known
    return (
        actor is not None
        and any_of(actor, "secretary")
        and Seat.objects.filter(
            board_id=board_id, person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None
        ).exists()
    )


def is_secretary_among(actor: Actor | None, seats: Iterable[Seat]) -> bool:
    """The same, from the seats of one board where a page has read them already."""
    return any_of(actor, "secretary") and any(
        seat.person_id == id_of(actor) and seat.role == Seat.Role.SECRETARY and seat.ended_at is None
        for seat in seats
    )
