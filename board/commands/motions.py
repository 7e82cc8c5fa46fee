"""Move a motion, change it before a vote, withdraw it."""

from uuid import UUID

from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Motion, Position
from board.states import BALLOT, LIVE_BALLOT, MOTION, BallotState, MotionState
from board.steps import make_motion
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require

_FROZEN = (
    "The text of a motion is frozen once it is in a vote. Ask the secretary to end this round; "
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
            _FROZEN if motion.state == MotionState.BALLOTED else "This motion is decided; move a new one."
        )
    if seen and seen != str(motion.revision):
        raise IllegalMove(
            f"Revision {motion.revision} was saved while you wrote, so nothing was overwritten. What you typed is kept"
            " below. Read that revision in another tab; save again to make yours the next one."
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
        if Position.objects.filter(ballot=ballot).exists():
            raise IllegalMove("Members have voted on it, so it belongs to the board now and goes on.")
        BALLOT.require(ballot.state, BallotState.WITHDRAWN)
        ballot.state = BallotState.WITHDRAWN
        ballot.save()
    elif motion.state == MotionState.BALLOTED:
        raise IllegalMove("A vote on it has just been opened. Load the page again.")
    motion.state = MotionState.WITHDRAWN
    motion.save()
    record(motion, reason=reason.strip())
    return motion
