"""*Who* may do what with columns and essays. *When* it is legal is for states.py and the commands."""

from accounts.states import Role
from board.policies import may_move_motion
from core.policies import ALLOWED, Actor, Verdict, any_of, denied
from essays.models import Essay
from essays.states import EssayState

READERS = (Role.STEWARD, Role.EDITOR, Role.PUBLISHER, Role.BOARD_MEMBER, Role.SECRETARY, Role.AUDITOR)


def may_read_essays(actor: Actor | None) -> Verdict:
    """The desk's essays before they are published."""
    if any_of(actor, *READERS):
        return ALLOWED
    return denied("Essays at work are read by stewards, editors, publishers, the board and auditors.")


def may_found_series(actor: Actor | None) -> Verdict:
    if any_of(actor, Role.STEWARD):
        return ALLOWED
    return denied("A steward founds columns. Ask one to do it.")


def may_adopt_wording(actor: Actor | None) -> Verdict:
    if any_of(actor, Role.STEWARD):
        return ALLOWED
    return denied("A steward adopts a column's prompt, disclaimer and editing rules. Ask one to do it.")


def may_request_essay(actor: Actor | None) -> Verdict:
    if any_of(actor, Role.STEWARD):
        return ALLOWED
    return denied("A steward commissions essays. Ask one to do it.")


def may_ask_again(actor: Actor | None) -> Verdict:
    if any_of(actor, Role.STEWARD, Role.EDITOR):
        return ALLOWED
    return denied("A steward or an editor asks the author again.")


def may_renew_disclaimer(actor: Actor | None) -> Verdict:
    if any_of(actor, Role.STEWARD, Role.EDITOR):
        return ALLOWED
    return denied("A steward or an editor puts the column's newest disclaimer under an essay.")


def may_withdraw_essay(actor: Actor | None) -> Verdict:
    if any_of(actor, Role.STEWARD, Role.EDITOR):
        return ALLOWED
    return denied("A steward or an editor withdraws an essay.")


def may_submit_review(actor: Actor | None, essay: Essay) -> Verdict:
    if not any_of(actor, Role.EDITOR):
        return denied("Editors review essays. Ask a steward for the role if you should have it.")
    if _commissioned(actor, essay):
        return denied("You commissioned this essay, so two other editors review it.")
    return ALLOWED


def may_decide_pause(actor: Actor | None, essay: Essay, capacity: str) -> Verdict:
    """Both halves of the decision: an editor's and a board member's."""
    if _commissioned(actor, essay):
        return denied("You commissioned this essay, so others decide whether it stands.")
    if not any_of(actor, capacity):
        return denied(f"You cannot decide this as {Role(capacity).label.lower()}: you do not hold that role.")
    return ALLOWED


def may_propose_veto(actor: Actor | None, essay: Essay) -> Verdict:
    """Whoever may move anything before the board, but for its commissioner."""
    if _commissioned(actor, essay):
        return denied("You commissioned this essay, so others ask the board to decline it.")
    return may_move_motion(actor)


def capacities(actor: Actor | None, essay: Essay) -> list[str]:
    """The capacities in which somebody may decide about a paused essay."""
    return [role for role in (Role.EDITOR, Role.BOARD_MEMBER) if may_decide_pause(actor, essay, role)]


def may_publish_essay(actor: Actor | None, essay: Essay) -> Verdict:
    if not any_of(actor, Role.PUBLISHER):
        return denied("A publisher publishes essays. Ask one to do it.")
    if _commissioned(actor, essay):
        return denied("You commissioned this essay, so another publisher brings it out.")
    return ALLOWED


def may_see_essay(actor: Actor | None, essay: Essay) -> bool:
    """Whether somebody may know that the essay exists."""
    return essay.state == EssayState.PUBLISHED or bool(may_read_essays(actor))


def sees_every_review(actor: Actor | None, essay: Essay, *, has_submitted: bool) -> bool:
    """Reviews are hidden, while an essay is reviewed, from all but those who have given theirs on this text,
    and the auditor.
    """
    if has_submitted or any_of(actor, Role.AUDITOR):
        return True
    return essay.state != EssayState.IN_REVIEW and bool(may_read_essays(actor))


def _commissioned(actor: Actor | None, essay: Essay) -> bool:
    return actor is not None and actor.id == essay.commissioned_by_id
