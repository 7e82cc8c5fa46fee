"""Who may do what with interviews. When it is legal is in states.py and the commands."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from board.policies import may_move_motion
from core.policies import ALLOWED, Actor, Verdict, any_of, denied
from interviews.models import Interview, ProtocolVersion
from interviews.states import Capacity

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


def may_read_interviews(actor: Actor) -> Verdict:
    """Transcripts are for those who work with them; the public reads what was signed."""
    if any_of(actor, *READERS):
        return ALLOWED
    return denied(
        "Interviews are open to the board and to those who hold, code or audit them. Ask a steward."
    )


def may_draft_protocol(actor: Actor) -> Verdict:
    return _interviewer(actor, "writes a protocol")


def may_freeze_protocol(actor: Actor, version: ProtocolVersion) -> Verdict:
    """Someone who knows the method, and never the author."""
    if actor.id == version.author_id:
        return denied("You wrote this version. Someone else reviews and freezes it.")
    if any_of(actor, "interviewer", "coder", "board_member"):
        return ALLOWED
    return denied("An interviewer, a coder or a board member freezes a protocol. Ask one of them.")


def may_plan_interview(actor: Actor) -> Verdict:
    return _interviewer(actor, "plans an interview")


def may_authorise_interview(actor: Actor, already: Iterable[tuple[UUID, str]]) -> Verdict:
    """An interviewer and a board member, two people. `already` are the (person, capacity) who have."""
    given = list(already)
    if not any_of(actor, Capacity.INTERVIEWER, Capacity.BOARD_MEMBER):
        return denied("An interviewer and a board member authorise an interview. Ask them.")
    if actor.id in [person for person, _ in given]:
        return denied("You have authorised this interview. The second authorisation is someone else’s.")
    if not capacities_of(actor, [capacity for _, capacity in given]):
        held = "an interviewer" if Capacity.INTERVIEWER in actor.roles else "a board member"
        wanted = "A board member" if held == "an interviewer" else "An interviewer"
        return denied(
            f"This interview is authorised by {held} already. {wanted} gives the second authorisation."
        )
    return ALLOWED


def capacities_of(actor: Actor, taken: Iterable[str]) -> list[Capacity]:
    """The capacities in which this actor could still authorise; the interviewer's first."""
    given = set(taken)
    return [one for one in Capacity if one not in given and one in actor.roles]


def may_start_interview(actor: Actor) -> Verdict:
    return _interviewer(actor, "starts an interview")


def may_ask_again(actor: Actor) -> Verdict:
    return _interviewer(actor, "asks again")


def may_skip_session(actor: Actor) -> Verdict:
    return _interviewer(actor, "skips a session")


def may_seal_interview(actor: Actor) -> Verdict:
    return _interviewer(actor, "locks the transcripts")


def may_register_preference(actor: Actor) -> Verdict:
    if any_of(actor, "interviewer", "coder"):
        return ALLOWED
    return denied("An interviewer or a coder records a wish. Ask one of them.")


def may_answer_preference(actor: Actor) -> Verdict:
    if any_of(actor, "board_member"):
        return ALLOWED
    return denied("The board or its delegate answers a wish. Ask a board member.")


def may_propose_answer(actor: Actor) -> Verdict:
    """Whoever may move anything before the board, and reads interviews."""
    if not (reading := may_read_interviews(actor)):
        return reading
    return may_move_motion(actor)


def may_sign_off_interview(actor: Actor, signed: Iterable[tuple[UUID, bool]]) -> Verdict:
    """Two people who have read it, at least one of them an interviewer.

    `signed` are the (person, as interviewer) under the record as it stands now.
    """
    given = list(signed)
    if not any_of(actor, "interviewer", "coder", "board_member"):
        return denied(
            "An interviewer and a second reader (coder or board member) sign an interview. Ask them."
        )
    if actor.id in [person for person, _ in given]:
        return denied("You have signed this interview. The second signature is someone else’s.")
    if given and not any(as_interviewer for _, as_interviewer in given) and "interviewer" not in actor.roles:
        return denied("One of the two signatures is an interviewer’s. Ask an interviewer to read and sign.")
    return ALLOWED


def may_void_interview(actor: Actor, interview: Interview) -> Verdict:
    """An interviewer while it is being made; what is locked is voided by the board alone."""
    if any_of(actor, "board_member"):
        return ALLOWED
    if any_of(actor, "interviewer") and not hasattr(interview, "seal"):
        return ALLOWED
    return denied(
        "A board member voids a locked interview; before that, an interviewer may too. Ask one of them."
    )


def _interviewer(actor: Actor, does: str) -> Verdict:
    if any_of(actor, "interviewer"):
        return ALLOWED
    return denied(f"An interviewer {does}. Ask one, or ask a steward for the role.")
