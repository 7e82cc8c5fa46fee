"""Who may read the records of everybody's acts, and who may blank what must not stay in them."""

from audit.models import Redaction
from core.policies import ALLOWED, Actor, Verdict, any_of, denied

KEEPERS = ("steward", "secretary")


def may_browse_timeline(actor: Actor) -> Verdict:
    if any_of(actor, "auditor"):
        return ALLOWED
    return denied(
        "Only auditors read the whole timeline. Each record shows its own history to those who may see it."
    )


def may_see_redactions(actor: Actor) -> Verdict:
    """That something was redacted, by whom and why. What it said is seen by nobody."""
    if any_of(actor, "auditor", "board_member", *KEEPERS):
        return ALLOWED
    return denied("Redactions are seen by auditors, the board, stewards and secretaries.")


def may_propose_redaction(actor: Actor) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("A steward or a secretary proposes a redaction. Tell one of them what must not stay.")


def may_judge_redactions(actor: Actor) -> Verdict:
    """Whether redactions that others propose are this person's to confirm."""
    if any_of(actor, "board_member", *KEEPERS):
        return ALLOWED
    return denied("A redaction is confirmed by a steward, a secretary or a board member.")


def may_confirm_redaction(actor: Actor, redaction: Redaction) -> Verdict:
    """Somebody else than who proposed it: also when that one holds every role."""
    if not (judges := may_judge_redactions(actor)):
        return judges
    if actor.id == redaction.proposed_by_id:
        return denied("You proposed this redaction: another person confirms it.")
    return ALLOWED


def may_drop_redaction(actor: Actor, redaction: Redaction) -> Verdict:
    """Who proposed it takes it back; who could confirm it turns it down."""
    if any_of(actor, "board_member", *KEEPERS):
        return ALLOWED
    return denied("A redaction is turned down by a steward, a secretary or a board member.")
