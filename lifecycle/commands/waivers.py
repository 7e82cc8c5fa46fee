"""Ask the board to waive a requirement for one case; only a motion that carries waives it."""

from uuid import UUID

from audit.commands import command, locked, record
from board.models import Motion
from board.steps import make_motion
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.models import Case
from lifecycle.queries.dossiers import findings
from lifecycle.queries.files import recused_from
from lifecycle.queries.waivers import WAIVER, waivers_asked
from lifecycle.registry import Status
from lifecycle.registry import requirements as registered
from lifecycle.waivers import why_not


@command(Verb.WAIVER_PROPOSED)
def propose_waiver(*, actor: Actor, case_id: UUID, requirement: str, reason: str) -> Motion:
    """Move that a requirement the case does not meet be waived for it. `requirement`: its key in the registry."""
    case = locked(Case, case_id, select_related=("ai_model", "board", "motion"))
    require(policies.may_propose_waiver(actor, case, recused=recused_from(actor, case)))
    if refusal := why_not(case):
        raise IllegalMove(refusal)
    checked = next((each for each in findings(case) if each.key == requirement), None)
    if checked is None:
        raise Unacceptable("Choose the requirement that should not be asked.", "requirement")
    if checked.finding.status != Status.NOT_MET:
        raise Unacceptable(
            f"“{checked.label}” does not keep case {case.number} from a vote: {checked.finding.sentence}",
            "requirement",
        )
    if not reason.strip():
        raise Unacceptable("Say why the board should decide without it.", "reason")
    if waiting := waivers_asked(case).get(requirement):
        raise IllegalMove(f"Proposal {waiting.number} asks for this already. Wait for its result.")
    found = checked.finding.sentence
    motion = make_motion(
        board_id=case.board_id,
        kind=WAIVER,
        title=f"Shall “{checked.label}” be waived for case {case.number}?",
        text=(
            f"Waive the requirement “{checked.label}” for case {case.number}, “{case.title}”. "
            f"It asks: {registered.get(requirement).asks or checked.label} Reason: {reason.strip()}"
        ),
        status_quo=f"No vote on case {case.number} can be opened while this is not met. Found: {found}",
        subject_id=case.pk,
        subject_label=str(case),
        particulars={
            "waiver": {
                "requirement": requirement,
                "label": checked.label,
                "found": found,
                "reason": reason.strip(),
            }
        },
    )
    record(case, reason=reason.strip(), data={"motion": motion.number, "requirement": requirement})
    return motion
