"""Who may read the board’s papers and take part in its discussions."""

from board.policies.roles import READERS
from core.policies import ALLOWED, Actor, Verdict, any_of, denied


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
