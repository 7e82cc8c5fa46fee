"""Who may admit people and grant roles."""

from uuid import UUID

from accounts.states import Role
from core.policies import ALLOWED, Actor, Verdict, any_of, denied

# Who keeps the list of people: the steward and the secretary, each under the other's eyes in the timeline.
KEEPERS = (Role.STEWARD, Role.SECRETARY)


def may_admit_person(actor: Actor) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary admits people. Ask one of them.")


def may_grant_role(actor: Actor, person_id: UUID) -> Verdict:
    if actor.id == person_id:
        return denied("Nobody grants or revokes a role of their own. Ask another steward or secretary.")
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary grants roles. Ask one of them.")


def may_end_sessions(actor: Actor, person_id: UUID) -> Verdict:
    if actor.id == person_id:
        return ALLOWED
    return denied("Everybody ends their own sign-ins. To keep somebody out, deactivate them.")
