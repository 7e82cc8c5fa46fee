"""Who may move, change and reconsider motions, and open votes on them."""

from board.models import (
    Motion,
)
from board.policies.roles import is_secretary_of
from core.policies import ALLOWED, Actor, Verdict, any_of, denied


def may_move_motion(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward", "board_member"):
        return ALLOWED
    return denied("A proposal is moved by a steward or a member of the board. Ask one of them to move it.")


def may_change_motion(actor: Actor | None, motion: Motion) -> Verdict:
    if actor is not None and actor.id == motion.mover_id:
        return ALLOWED
    return denied(f"Only its mover, {motion.mover_name}, may change or withdraw this proposal.")


def may_open_ballot(actor: Actor | None, motion: Motion) -> Verdict:
    if is_secretary_of(actor, motion.board_id):
        return ALLOWED
    return denied("Only the secretary of this board opens a vote. Ask them to.")


def may_move_reconsideration(actor: Actor | None, *, prevailed: bool, new_information: bool) -> Verdict:
    """`prevailed`: whether the actor took the side that prevailed; `new_information`: whether some is given."""
    if not (allowed := may_move_motion(actor)):
        return allowed
    if prevailed or new_information:
        return ALLOWED
    return denied(
        "You did not vote with the side that prevailed, so a reconsideration needs new information: "
        "say what is known now that was not known then."
    )
