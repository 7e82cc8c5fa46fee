"""Ask the board to release a promise; only a motion that carries does."""

from uuid import UUID

from audit.commands import command, locked, record
from board.models import Board, Motion
from board.steps import make_motion
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.models import Commitment
from lifecycle.queries.promises import RELEASE, release_motions
from lifecycle.releases import why_not


@command(Verb.RELEASE_PROPOSED)
def propose_release(*, actor: Actor, commitment_id: UUID, board_id: UUID, reason: str) -> Motion:
    """Move that a promise be owed no more. `board_id`: that of its case, where it was made by one."""
    commitment = locked(Commitment, commitment_id, select_related=("ai_model", "owner", "case"))
    require(policies.may_propose_release(actor))
    if refusal := why_not(commitment):
        raise IllegalMove(refusal)
    if not Board.objects.filter(pk=board_id).exists():
        raise NotFound("There is no such board.")
    if commitment.case is not None and commitment.case.board_id != board_id:
        raise Unacceptable("The board that made this promise releases it.", "board_id")
    if not reason.strip():
        raise Unacceptable("Say why the promise should be owed no more.", "reason")
    if waiting := release_motions().filter(subject_id=commitment.pk).first():
        raise IllegalMove(f"Proposal {waiting.number} asks for this already. Wait for its result.")
    due = f", due {commitment.due_on:%-d %b %Y}" if commitment.due_on else ""
    motion = make_motion(
        board_id=board_id,
        kind=RELEASE,
        title=f"Shall promise {commitment.number} about {commitment.ai_model.name} be released?",
        text=(
            f"Release the promise “{commitment.text}” ({commitment.source}{due}; owner: {commitment.owner.name}). "
            f"It is owed no more from the certification on. Reason: {reason.strip()}"
        ),
        status_quo=f"The promise stays open{due}: it is kept, or it is broken.",
        subject_id=commitment.pk,
        subject_label=f"Promise {commitment.number} about {commitment.ai_model.name}",
        particulars={
            "release": {"promise": commitment.number, "text": commitment.text, "reason": reason.strip()}
        },
    )
    record(commitment, reason=reason.strip(), data={"motion": motion.number})
    return motion
