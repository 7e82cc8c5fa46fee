"""Who may register models, keep cases and promises, and take in notices. *When* is in states."""

from board.policies import may_move_motion
from core.policies import ALLOWED, Actor, Verdict, any_of, denied
from lifecycle.models import Case, Commitment, Suspension

READERS = (
    "steward",
    "board_member",
    "secretary",
    "interviewer",
    "coder",
    "editor",
    "publisher",
    "archivist",
    "auditor",
)


def may_see_desk(actor: Actor | None) -> Verdict:
    """Models, cases and promises on the desk: everybody with a role here."""
    if any_of(actor, *READERS):
        return ALLOWED
    return denied(
        "Models and cases are seen by people with a role here. Ask a steward or the secretary for one."
    )


def may_register_ai_model(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied("Only a steward registers AI models. Ask one of them.")


def may_change_visibility(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied("Only a steward says what the public sees of a record. Ask one of them.")


def may_state_fact(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied("Only a steward states facts about an AI model. Send a steward the source.")


def may_open_case(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied("Only a steward opens a case. Tell a steward why this model needs one.")


def may_read_case(actor: Actor | None, case: Case, *, recused: bool) -> Verdict:
    """Whoever sees the desk, but for a member who recused themselves from the vote on it."""
    if recused and not any_of(actor, "steward"):
        return denied(
            f"You recused yourself from the vote on case {case.number}, so its papers are not shown to you."
            " The decision is published after its certification."
        )
    return may_see_desk(actor)


def may_edit_case(actor: Actor | None, case: Case) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied(f"Only a steward edits case {case.number}. Send a steward what should change.")


def may_freeze_dossier(actor: Actor | None, case: Case) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied(f"Only a steward freezes the dossier of case {case.number}.")


def may_propose_case(actor: Actor | None, case: Case) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied(f"Only a steward puts case {case.number} to the board.")


def may_propose_waiver(actor: Actor | None, case: Case, *, recused: bool) -> Verdict:
    """Whoever may move anything before the board, and reads the case."""
    if not (reading := may_read_case(actor, case, recused=recused)):
        return reading
    return may_move_motion(actor)


def may_withdraw_case(actor: Actor | None, case: Case) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied(f"Only a steward withdraws case {case.number}.")


def may_close_case(actor: Actor | None, case: Case) -> Verdict:
    if any_of(actor, "steward"):
        return ALLOWED
    return denied(f"Only a steward closes case {case.number}.")


def may_keep_commitment(actor: Actor | None, commitment: Commitment) -> Verdict:
    if actor is not None and (actor.id == commitment.owner_id or any_of(actor, "steward")):
        return ALLOWED
    return denied(
        f"Only {commitment.owner.name}, who owns this promise, or a steward says what became of it."
    )


def may_propose_release(actor: Actor | None) -> Verdict:
    return may_move_motion(actor)


def may_propose_suspension(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward", "board_member"):
        return ALLOWED
    return denied("A steward or a member of the board suspends a model. Tell one of them what has happened.")


def may_confirm_suspension(actor: Actor | None, suspension: Suspension, *, sits: bool) -> Verdict:
    """`sits`: whether the actor holds a seat, not the secretary's, on its board today."""
    if not (any_of(actor, "board_member") and sits):
        return denied(
            f"A member of the {suspension.board.name} confirms this suspension. Tell one of them that it waits."
        )
    if actor is not None and actor.id == suspension.proposed_by_id:
        return denied("You proposed this suspension, so another member of the board confirms it.")
    return ALLOWED


def may_drop_suspension(actor: Actor | None, suspension: Suspension, *, sits: bool) -> Verdict:
    if actor is not None and actor.id == suspension.proposed_by_id:
        return ALLOWED
    if any_of(actor, "board_member") and sits:
        return ALLOWED
    return denied(
        f"{suspension.proposed_by_name}, who proposed this suspension, takes it back; "
        f"a member of the {suspension.board.name} turns it down."
    )


def may_lift_suspension(actor: Actor | None, suspension: Suspension, *, sits: bool) -> Verdict:
    if any_of(actor, "board_member") and sits:
        return ALLOWED
    return denied(f"A member of the {suspension.board.name} lifts this suspension. Ask one of them.")


def may_propose_ratification(actor: Actor | None) -> Verdict:
    return may_move_motion(actor)


def may_expire_suspension(actor: Actor | None) -> Verdict:
    if any_of(actor, "process"):
        return ALLOWED
    return denied("A suspension ends by the clock; the scheduler writes it down.")


def may_remind_of_commitment(actor: Actor | None) -> Verdict:
    if any_of(actor, "process"):
        return ALLOWED
    return denied("The scheduler reminds people of their promises by itself.")


def may_import_deprecations(actor: Actor | None) -> Verdict:
    if any_of(actor, "steward", "process"):
        return ALLOWED
    return denied("Only a steward or the command line takes in notices.")


def may_carry_out_effect(actor: Actor | None) -> Verdict:
    if any_of(actor, "process"):
        return ALLOWED
    return denied("Effects are carried out by the scheduler on their day.")
