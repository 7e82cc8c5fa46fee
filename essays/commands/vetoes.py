"""Ask the board to decline a paused essay."""

from uuid import UUID

from audit.commands import command, locked, record
from board.models import Board, Motion
from board.steps import make_motion
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import Actor, require
from essays import policies
from essays.events import Verb
from essays.models import Essay
from essays.queries import VETO, veto_motions
from essays.states import Reason
from essays.vetoes import why_not


@command(Verb.VETO_PROPOSED)
def propose_veto(
    *, actor: Actor, essay_id: UUID, board_id: UUID, digest: str, reason_code: str, rationale: str
) -> Motion:
    """Move that the board decline the text with this digest. While that is before it, nobody else ends the pause."""
    essay = locked(Essay, essay_id, select_related=("series__ai_model",))
    require(policies.may_propose_veto(actor, essay))
    if refusal := why_not(essay, digest):
        raise IllegalMove(refusal)
    if not Board.objects.filter(pk=board_id).exists():
        raise NotFound("There is no such board.")
    if reason_code not in Reason.values:
        raise Unacceptable("Declining is a veto: choose one of the listed reasons.", "reason_code")
    if not rationale.strip():
        raise Unacceptable("Declining is a veto: say what calls for it.", "rationale")
    if waiting := veto_motions(essay).first():
        raise IllegalMove(f"Proposal {waiting.number} asks for this already. Wait for its result.")
    issue = f"issue {essay.number} of “{essay.series.title}”"
    motion = make_motion(
        board_id=board_id,
        kind=VETO,
        title=f"Shall {issue} be declined?",
        text=(
            f"Decline {issue}, by {essay.series.ai_model.name}, the text with the SHA-256 digest {digest[:16]}…. "
            f"Reason: {Reason(reason_code).label}. {rationale.strip()}"
        ),
        status_quo=f"It stays paused until an editor and a board member agree whether {issue} stands.",
        subject_id=essay.pk,
        subject_label=issue[0].upper() + issue[1:],
        particulars={"veto": {"digest": digest, "reason_code": reason_code, "rationale": rationale.strip()}},
    )
    record(essay, reason=rationale.strip(), data={"motion": motion.number, "digest": digest})
    return motion
