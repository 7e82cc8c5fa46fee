"""Move a motion, change it before a vote, withdraw it."""

from uuid import UUID

from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Board, Motion, Position
from board.queries import terms_for, terms_named, took_the_side_that_prevailed
from board.registry import kinds
from board.states import BALLOT, LIVE_BALLOT, MOTION, BallotState, MotionState
from board.steps import make_motion
from board.steps.terms import ProposedTerms
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require

_FROZEN = (
    "The text of a proposal is frozen once it is in a vote. Ask the secretary to end this round; "
    "then change the text and let a new round be opened."
)


@command(Verb.MOTION_MOVED)
def move_motion(
    *,
    actor: Actor,
    board_id: UUID,
    kind: str,
    title: str,
    text: str,
    status_quo: str,
    subject_id: UUID | None = None,
    subject_label: str = "",
    dossier_digest: str = "",
) -> Motion:
    """Ask the board something."""
    require(policies.may_move_motion(actor))
    return make_motion(
        board_id=board_id,
        kind=kind,
        title=title,
        text=text,
        status_quo=status_quo,
        subject_id=subject_id,
        subject_label=subject_label,
        dossier_digest=dossier_digest,
    )


@command(Verb.MOTION_MOVED)
def reconsider_motion(
    *, actor: Actor, motion_id: UUID, title: str, text: str, status_quo: str, new_information: str = ""
) -> Motion:
    """Ask the board anew about what it has decided, by a motion that points at the old one, which never changes.

    By whoever took the side that prevailed, or by anybody who may move, with information that is new.
    """
    old = locked(Motion, motion_id, select_related=("board",))
    require(
        policies.may_move_reconsideration(
            actor,
            prevailed=took_the_side_that_prevailed(policies.id_of(actor), old),
            new_information=bool(new_information.strip()),
        )
    )
    if old.state not in (MotionState.CARRIED, MotionState.LOST, MotionState.RETURNED):
        raise IllegalMove("Only what was decided is reconsidered; this proposal is not decided yet.")
    open_one = Motion.objects.filter(
        reconsiders=old, state__in=[MotionState.MOVED, MotionState.BALLOTED]
    ).first()
    if open_one is not None:
        raise IllegalMove(f"Proposal {open_one.number} asks for this already. Wait for its result.")
    if not kinds.get(old.kind).by_hand:
        raise IllegalMove(
            "A proposal of this kind is moved from its own record, with its papers. Move a resolution that names it."
        )
    return make_motion(
        board_id=old.board_id,
        kind=old.kind,
        title=title,
        text=text,
        status_quo=status_quo,
        subject_id=old.subject_id,
        subject_label=old.subject_label,
        reconsiders=old,
        particulars={**(old.particulars or {}), "new_information": new_information.strip()},
    )


@command(Verb.MOTION_MOVED)
def propose_terms(
    *,
    actor: Actor,
    board_id: UUID,
    name: str,
    minimum_opening_days: int,
    hold_lapse_days: int,
    extension_days: int,
    act_floor: int,
    why: str,
) -> Motion:
    """Move that the board adopt one of the six sets of voting rules with this timing. Its arithmetic is standard."""
    board = locked(Board, board_id)
    require(policies.may_move_motion(actor))
    if not why.strip():
        raise Unacceptable("Say why the rules should change.", "why")
    proposed = ProposedTerms(
        name=name,
        minimum_opening_days=minimum_opening_days,
        hold_lapse_days=hold_lapse_days,
        extension_days=extension_days,
        act_floor=act_floor,
    )
    if fault := proposed.fault(demonstration=board.demonstration):
        raise Unacceptable(fault.sentence, fault.field)
    in_force = terms_named(board, name)
    # Of the two ordinary sets one governs: adopting the other, unchanged, is a change.
    governs = terms_for(board, "ordinary" if name == "ordinary_casting" else name)
    if in_force is not None and proposed.same_as(in_force) and governs == in_force:
        raise Unacceptable("These are the rules in force. Change what should be different.", "name")
    return make_motion(
        board_id=board_id,
        kind="terms",
        title=f"Shall the {proposed.label.lower()} voting rules change?",
        text=proposed.in_words,
        status_quo=f"The rules in force stay. Why they should change: {why.strip()}",
        particulars={"terms": proposed.as_data(), "after_version": in_force.version if in_force else 0},
    )


@command(Verb.MOTION_EDITED)
def edit_motion(
    *, actor: Actor, motion_id: UUID, title: str, text: str, status_quo: str, seen: str = ""
) -> Motion:
    """Change the text of a motion that is in no vote. Makes a new revision.

    `seen`: the number of the revision that was read before writing, where it was read on a page.
    """
    motion = locked(Motion, motion_id)
    require(policies.may_change_motion(actor, motion))
    if motion.state != MotionState.MOVED:
        raise IllegalMove(
            _FROZEN if motion.state == MotionState.BALLOTED else "This proposal is decided; move a new one."
        )
    if seen and seen != str(motion.revision):
        raise IllegalMove(
            f"Revision {motion.revision} was saved while you wrote, so nothing was overwritten. What you typed is kept"
            " below. Read that revision in another tab; save again to make yours the next one."
        )
    if kinds.get(motion.kind).composed:
        raise IllegalMove(
            "The text of this proposal is made from what it proposes. Take it back and propose it otherwise."
        )
    words = {"title": title.strip(), "text": text.strip(), "status_quo": status_quo.strip()}
    for name, said in words.items():
        if not said:
            raise Unacceptable("This cannot be left empty.", name)
    if all(getattr(motion, name) == said for name, said in words.items()):
        return unchanged(motion)
    for name, said in words.items():
        setattr(motion, name, said)
    motion.revision += 1
    motion.save()
    record(motion, data={"revision": motion.revision})
    return motion


@command(Verb.MOTION_WITHDRAWN)
def withdraw_motion(*, actor: Actor, motion_id: UUID, reason: str) -> Motion:
    """Take a motion back. Its mover alone may, and only while nobody has voted on it."""
    ballot_id = (
        Ballot.objects.filter(motion_id=motion_id, state__in=LIVE_BALLOT).values_list("pk", flat=True).first()
    )
    ballot = locked(Ballot, ballot_id) if ballot_id else None
    motion = locked(Motion, motion_id)
    require(policies.may_change_motion(actor, motion))
    if not reason.strip():
        raise Unacceptable("Say why you withdraw it.", "reason")
    MOTION.require(motion.state, MotionState.WITHDRAWN)
    if ballot is not None:
        if ballot.secret:
            raise IllegalMove(
                "Whether anybody has voted on it is secret until the vote closes. Ask on the page of the vote to take "
                "it back: the chair must agree, and no elector object."
            )
        if Position.objects.filter(ballot=ballot).exists():
            raise IllegalMove(
                "Members have voted on it, so it belongs to the board. Ask on the page of the vote to take it back: "
                "the chair must agree, and no elector object."
            )
        BALLOT.require(ballot.state, BallotState.WITHDRAWN)
        ballot.state = BallotState.WITHDRAWN
        ballot.save()
    elif motion.state == MotionState.BALLOTED:
        raise IllegalMove("A vote on it has just been opened. Load the page again.")
    motion.state = MotionState.WITHDRAWN
    motion.save()
    record(motion, reason=reason.strip())
    return motion
