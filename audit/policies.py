"""Who may read the records of everybody's acts."""

from core.policies import ALLOWED, Actor, Verdict, any_of, denied


def may_browse_timeline(actor: Actor) -> Verdict:
    if any_of(actor, "auditor"):
        return ALLOWED
    return denied(
        "Only auditors read the whole timeline. Each record shows its own history to those who may see it."
    )
