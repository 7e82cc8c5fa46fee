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


def may_see_people(actor: Actor) -> Verdict:
    if any_of(actor, Role.AUDITOR, *KEEPERS):
        return ALLOWED
    return denied(
        "The list of people is kept by stewards and secretaries and read by auditors. Ask one of them."
    )


def may_edit_person(actor: Actor) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary changes how a person is named. Ask one of them.")


def may_deactivate_person(actor: Actor, person_id: UUID) -> Verdict:
    if actor.id == person_id:
        return denied("Nobody deactivates or reactivates themselves. Ask another steward or secretary.")
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary deactivates people. Ask one of them.")


def may_change_visibility(actor: Actor) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary changes what is public. Ask one of them.")


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
