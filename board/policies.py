"""Who may do what with boards, motions and ballots. *When* it is legal is in states and commands."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from board.models import (
    Ballot,
    Board,
    Certificate,
    EditorialFix,
    Elector,
    Founding,
    Motion,
    Position,
    RecusalEntry,
    Seat,
)
from core.policies import ALLOWED, Actor, Verdict, any_of, denied

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


def may_read_board(actor: Actor | None) -> Verdict:
    """Boards, motions and ballots are read by members, secretaries, stewards and auditors."""
    if any_of(actor, *READERS):
        return ALLOWED
    return denied(
        "The board's votes are read by its members, secretaries, stewards and auditors. "
        "What was decided is public, under Decisions."
    )


def may_read_pack(actor: Actor | None, *, recused: bool) -> Verdict:
    """Whoever reads the board's votes, but for a member who recused themselves from this one."""
    if recused:
        return denied(
            "You recused yourself from this vote, so its papers are not shown to you. "
            "The decision is published after its certification."
        )
    return may_read_board(actor)


def may_read_discussion(actor: Actor | None, *, recused: bool) -> Verdict:
    """Whoever reads the board's votes; who recused themselves takes no part in the deliberation."""
    if recused:
        return denied("You recused yourself from this vote, so its discussion is not shown to you.")
    return may_read_board(actor)


def may_discuss(actor: Actor | None, *, recused: bool) -> Verdict:
    """Members, secretaries and stewards who may read it; an auditor reads and says nothing."""
    if not (reading := may_read_discussion(actor, recused=recused)):
        return reading
    if any_of(actor, "board_member", "secretary", "steward"):
        return ALLOWED
    return denied("Auditors read the discussion and take no part in it.")


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


def may_move_motion(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward", "board_member"):
        return ALLOWED
    return denied("A motion is moved by a steward or a member of the board. Ask one of them to move it.")


def may_change_motion(actor: Actor | None, motion: Motion) -> Verdict:
    if actor is not None and actor.id == motion.mover_id:
        return ALLOWED
    return denied(f"Only its mover, {motion.mover_name}, may change or withdraw this motion.")


def may_open_ballot(actor: Actor | None, motion: Motion) -> Verdict:
    if is_secretary_of(actor, motion.board_id):
        return ALLOWED
    return denied("Only the secretary of this board opens a vote. Ask them to.")


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
    if elector.departed_at is not None:
        return denied(
            f"{whose} left the board before voting and {'are' if own else 'is'} no longer an elector here."
        )
    return ALLOWED


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
            "You moved this motion, so somebody else must certify its result: another secretary of the board."
        )
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return ALLOWED
    return denied("Only the secretary of this board certifies a result.")


def presiding(electors: Sequence[Elector]) -> Elector | None:
    """Who presides over a vote: its chair, or its vice-chair where the chair is recused or has left."""
    able = [row for row in electors if row.departed_at is None and getattr(row, "recusal", None) is None]
    for role in (Seat.Role.CHAIR, Seat.Role.VICE_CHAIR):
        for row in able:
            if row.role == role:
                return row
    return None


def _presides(actor: Actor | None, electors: Sequence[Elector], what: str) -> Verdict:
    head = presiding(electors)
    if head is None:
        return denied(f"Nobody presides over this vote: chair and vice-chair are recused or away. {what}")
    if actor is not None and head.person_id == actor.id:
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
        return denied("You moved this motion, so you enter no recusal on it. Another secretary may.")
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
    return _presides(actor, electors, "It closes at its time.")


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
    return _presides(actor, others, "Nobody agrees to a withdrawal, and the vote goes on.")


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
    head = presiding(electors)
    if head is not None and actor is not None and head.person_id == actor.id:
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


def _not_on_the_roll(actor: Actor, ballot: Ballot, secretary: bool | None) -> str:
    if is_secretary_of(actor, ballot.motion.board_id, secretary):
        return "The secretary keeps the vote and has none."
    if Seat.objects.filter(board_id=ballot.motion.board_id, person_id=id_of(actor), ended_at=None).exists():
        return "You were not on the roll when this vote opened, so you may read it; you vote in the next."
    return "Only the members on this vote's roll may vote. You are not on it."
