"""Who may found boards and change who sits on them."""

from uuid import UUID

from board.models import (
    Board,
    Founding,
    Seat,
)
from board.policies.roles import KEEPERS, is_secretary_of
from core.policies import ALLOWED, Actor, Verdict, any_of, denied


def may_propose_founding(actor: Actor | None) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("The installation is founded by the person who was appointed first. Ask them.")


def may_confirm_founding(actor: Actor | None, founding: Founding) -> Verdict:
    if actor is not None and actor.id == founding.confirmer_id:
        return ALLOWED
    if actor is not None and actor.id == founding.proposer_id:
        return denied(f"You proposed it, so somebody else confirms it: {founding.confirmer.name}.")
    return denied(f"Only {founding.confirmer.name} confirms this founding.")


def may_return_founding(actor: Actor | None, founding: Founding) -> Verdict:
    if actor is not None and actor.id in (founding.confirmer_id, founding.proposer_id):
        return ALLOWED
    return denied(f"Only {founding.confirmer.name} or its proposer sends this founding back.")


def may_found_board(actor: Actor | None) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary founds a board. Ask one of them.")


def may_seat(actor: Actor | None, person_id: UUID) -> Verdict:
    if actor is not None and actor.id == person_id:
        return denied("Nobody gives themselves a seat. Ask another steward or secretary.")
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary seats members. Ask one of them.")


def may_end_seat(actor: Actor | None, seat: Seat) -> Verdict:
    if actor is not None and actor.id == seat.person_id:
        return ALLOWED
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("A seat is ended by its holder, a steward or a secretary.")


def may_seat_alternate(actor: Actor | None, board: Board) -> Verdict:
    if is_secretary_of(actor, board.pk):
        return ALLOWED
    return denied("Only the secretary of this board seats an alternate.")
