"""Who may vote, and keep a vote from its opening to its certificate."""

from board.models import (
    Ballot,
    Elector,
    Seat,
)
from board.policies.roles import id_of, is_secretary_of
from core.policies import ALLOWED, Actor, Verdict, any_of, denied


def may_take_position(
    actor: Actor | None, ballot: Ballot, elector: Elector | None, *, secretary: bool | None = None
) -> Verdict:
    """`elector`: the line of the roll the position is for, or None when the person is not on it."""
    if actor is None or actor.id is None:
        return denied("Sign in to vote.")
    if elector is None:
        return denied(_not_on_the_roll(actor, ballot, secretary))
    own = elector.person_id == actor.id
    if not own and not is_secretary_of(actor, ballot.motion.board_id, secretary):
        return denied("Only the secretary of this board may enter a position for a member.")
    whose = "You" if own else elector.name
    if getattr(elector, "recusal", None) is not None:
        return denied(
            f"{whose} recused {'yourself' if own else 'themselves'} from this vote; that stands for the round."
        )
    if _has_left(ballot, elector):
        return denied(
            f"{whose} left the board before voting and {'are' if own else 'is'} no longer an elector here."
        )
    return ALLOWED


def _has_left(ballot: Ballot, elector: Elector) -> bool:
    """In a secret vote nobody is taken off the roll before the close: there the seat says so."""
    if elector.departed_at is not None or not ballot.keeps_secret:
        return elector.departed_at is not None
    return elector.seat.ended_at is not None and not elector.positions.exists()


def may_recuse(actor: Actor | None, ballot: Ballot, elector: Elector | None) -> Verdict:
    """Only oneself: `elector` is the actor's own line of the roll, or None."""
    if actor is None or actor.id is None or elector is None or elector.person_id != actor.id:
        return denied("Only an elector of this vote can recuse themselves, and only themselves.")
    return ALLOWED


def may_close_ballot(actor: Actor | None, ballot: Ballot, *, secretary: bool | None = None) -> Verdict:
    if any_of(actor, "process") or is_secretary_of(actor, ballot.motion.board_id, secretary):
        return ALLOWED
    return denied("Only the secretary of this board or its clock closes a vote.")


def may_remind_electors(actor: Actor | None, ballot: Ballot, *, secretary: bool | None = None) -> Verdict:
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return ALLOWED
    return denied("Only the secretary of this board reminds its members.")


def may_supersede_ballot(actor: Actor | None, ballot: Ballot, *, secretary: bool | None = None) -> Verdict:
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return ALLOWED
    return denied("Only the secretary of this board ends a round for a new one.")


def may_certify_result(actor: Actor | None, ballot: Ballot, *, secretary: bool | None = None) -> Verdict:
    if actor is not None and actor.id == ballot.motion.mover_id:
        return denied(
            "You moved this proposal, so somebody else must certify its result: another secretary of the board."
        )
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return ALLOWED
    return denied("Only the secretary of this board certifies a result.")


def _not_on_the_roll(actor: Actor, ballot: Ballot, secretary: bool | None) -> str:
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return "The secretary keeps the vote and has none."
    if Seat.objects.filter(board_id=ballot.motion.board_id, person_id=id_of(actor), ended_at=None).exists():
        return "You were not on the roll when this vote opened, so you may read it; you vote in the next."
    return "Only the members on this vote's roll may vote. You are not on it."
