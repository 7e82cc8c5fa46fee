"""Who may do what else a vote allows: holds, entered positions, time, ties, withdrawal, fixes, statements."""

from collections.abc import Sequence

from board.models import (
    Ballot,
    Certificate,
    EditorialFix,
    Elector,
    Position,
    RecusalEntry,
    Seat,
)
from board.policies.roles import id_of, is_secretary_of
from core.policies import ALLOWED, Actor, Verdict, denied


def presiding(ballot: Ballot, electors: Sequence[Elector]) -> Elector | None:
    """Who presides over a vote: its chair, or its vice-chair where the chair is recused or has left.

    While a vote is secret a recusal does not pass it on: who presides would tell of it.
    """
    able = [row for row in electors if row.departed_at is None]
    if not ballot.keeps_secret:
        able = [row for row in able if getattr(row, "recusal", None) is None]
    for role in (Seat.Role.CHAIR, Seat.Role.VICE_CHAIR):
        for row in able:
            if row.role == role:
                return row
    return None


def _presides(actor: Actor | None, ballot: Ballot, electors: Sequence[Elector], what: str) -> Verdict:
    head = presiding(ballot, electors)
    if head is None:
        return denied(f"Nobody presides over this vote: chair and vice-chair are recused or away. {what}")
    if actor is not None and head.person_id == actor.id:
        if getattr(head, "recusal", None) is not None:
            return denied(f"You recused yourself, so you do not preside over this vote. {what}")
        return ALLOWED
    return denied(f"Only {head.name}, who presides over this vote, may do this. Ask them to.")


def may_renew_hold(actor: Actor | None, ballot: Ballot) -> Verdict:
    """One's own hold; whether there is one is for the command to see."""
    on_roll = Elector.objects.filter(ballot=ballot, person_id=id_of(actor), recusal=None, departed_at=None)
    if on_roll.exists():
        return ALLOWED
    return denied("A hold is renewed by the elector who placed it.")


def may_answer_position(actor: Actor | None, taken: Position | None) -> Verdict:
    if taken is None or actor is None or taken.elector.person_id != actor.id:
        return denied("Only the member a position was entered for confirms or contests it.")
    if taken.entered_by_id == actor.id:
        return denied("You recorded this position yourself. To change it, record another.")
    return ALLOWED


def may_enter_recusal(
    actor: Actor | None, ballot: Ballot, elector: Elector | None, *, secretary: bool | None = None
) -> Verdict:
    """`elector`: whom it is entered for; None when they are not on the roll."""
    if actor is not None and actor.id == ballot.motion.mover_id:
        return denied("You moved this proposal, so you enter no recusal on it. Another secretary may.")
    if not is_secretary_of(actor, ballot.motion.board_id, secretary):
        return denied("Only the secretary of this board enters a recusal for a member.")
    if elector is None or elector.departed_at is not None:
        return denied("They are not on the roll of this vote, so there is nothing to recuse them from.")
    if elector.person_id == id_of(actor):
        return denied("Your own conflict you declare yourself.")
    return ALLOWED


def may_answer_recusal(actor: Actor | None, entry: RecusalEntry | None) -> Verdict:
    if entry is not None and actor is not None and entry.elector.person_id == actor.id:
        return ALLOWED
    return denied("No recusal was entered for you in this vote. Your own conflict you declare yourself.")


def may_extend_ballot(actor: Actor | None, ballot: Ballot, electors: Sequence[Elector]) -> Verdict:
    return _presides(actor, ballot, electors, "It closes at its time.")


def may_cast_casting_vote(actor: Actor | None, ballot: Ballot, elector: Elector | None) -> Verdict:
    """`elector`: the actor's own line of the roll, or None."""
    if not ballot.arithmetic.casting_vote:
        return denied("Under these rules nobody has a casting vote: a tie is lost.")
    if elector is None or elector.role != Seat.Role.CHAIR or elector.person_id != id_of(actor):
        return denied("Only the chair on this vote’s roll has a casting vote.")
    if getattr(elector, "recusal", None) is not None or elector.departed_at is not None:
        return denied("A chair who is recused or has left has no casting vote. The tie stands and loses.")
    return ALLOWED


def may_agree_to_withdrawal(actor: Actor | None, ballot: Ballot, electors: Sequence[Elector]) -> Verdict:
    others = [row for row in electors if row.person_id != ballot.motion.mover_id]
    return _presides(actor, ballot, others, "Nobody agrees to a withdrawal, and the vote goes on.")


def may_object_to_withdrawal(actor: Actor | None, ballot: Ballot, electors: Sequence[Elector]) -> Verdict:
    if actor is not None and actor.id == ballot.motion.mover_id:
        return denied("You asked to take it back; the objection is for the other electors.")
    if any(row.person_id == id_of(actor) and getattr(row, "recusal", None) is None for row in electors):
        return ALLOWED
    return denied("Only an elector of this vote objects to a withdrawal.")


def may_propose_fix(actor: Actor | None, ballot: Ballot, *, secretary: bool | None = None) -> Verdict:
    if actor is not None and actor.id == ballot.motion.mover_id:
        return ALLOWED
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return ALLOWED
    return denied(f"Only {ballot.motion.mover_name}, who moved it, or the secretary proposes a fix.")


def may_decide_fix(
    actor: Actor | None,
    ballot: Ballot,
    fix: EditorialFix | None,
    electors: Sequence[Elector],
    *,
    secretary: bool | None = None,
) -> Verdict:
    """A second person: the mover, the secretary or whoever presides, but never the one who proposed it."""
    if fix is not None and actor is not None and fix.proposed_by_id == actor.id:
        return denied(
            "You proposed this fix, so somebody else confirms that it changes nothing that is asked."
        )
    head = presiding(ballot, electors)
    if head is not None and actor is not None and head.person_id == actor.id:
        if getattr(head, "recusal", None) is not None:
            return denied("You recused yourself from this vote, so you decide on no fix of it.")
        return ALLOWED
    if may_propose_fix(actor, ballot, secretary=secretary):
        return ALLOWED
    return denied("A fix is confirmed or refused by the mover, the secretary or whoever presides.")


def may_make_statement(actor: Actor | None, elector: Elector | None) -> Verdict:
    """`elector`: the actor's own line of the roll, or None."""
    if elector is None or actor is None or elector.person_id != actor.id:
        return denied("Only an elector of this vote makes a statement for its record.")
    if getattr(elector, "recusal", None) is not None:
        return denied(
            "You recused yourself from this vote, and so from its record; that stands for the round."
        )
    return ALLOWED


def may_state_outcome(actor: Actor | None, certificate: Certificate) -> Verdict:
    if is_secretary_of(actor, certificate.ballot.motion.board_id):
        return ALLOWED
    return denied("Only the secretary of this board writes its outcome statements.")
