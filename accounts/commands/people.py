"""Appoint the first person; admit, name, invite and deactivate people."""

from collections.abc import Sequence
from uuid import UUID

from accounts import policies, steps
from accounts.events import Verb
from accounts.models import Person
from accounts.states import Role
from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.APPOINTED)
def appoint(*, actor: Actor, email: str, name: str, password: str | None = None) -> Person:
    """The first person of an installation, as steward and secretary; refused when there is anybody already."""
    if Person.objects.exists():
        raise IllegalMove("This installation has people already. A steward or secretary admits the next one.")
    person = steps.admit(email=email, name=name, affiliation="", password=password)
    now = clock.now()
    for role in policies.KEEPERS:
        steps.grant(person=person, role=role, granted_by=None, starts_at=now, ends_at=None)
    record(person, data={"roles": [*policies.KEEPERS]})
    return person


@command(Verb.ADMITTED)
def admit_person(
    *,
    actor: Actor,
    name: str,
    email: str,
    affiliation: str = "",
    password: str | None = None,
    roles: Sequence[str] = (),
) -> Person:
    """Somebody new, with the roles given; without a password they are sent a link to choose one."""
    require(policies.may_admit_person(actor))
    if not name.strip():
        raise Unacceptable("Give the person's name.", "name")
    if Role.AUDITOR in roles:
        raise Unacceptable("An auditor's role needs a last day: admit them, then grant it.", "roles")
    person = steps.admit(email=email, name=name, affiliation=affiliation, password=password)
    record(person)
    for role in roles:
        steps.grant(
            person=person,
            role=Role(role),
            granted_by=Person.objects.get(pk=str(actor.id)),
            starts_at=clock.now(),
            ends_at=None,
        )
        record(person, verb=Verb.ROLE_GRANTED, data={"role": role, "ends_at": None})
    if password is None:
        steps.invite(person)
    return person


@command(Verb.EDITED)
def edit_person(*, actor: Actor, person_id: UUID, name: str, affiliation: str = "") -> Person:
    """How somebody is named here from now on; what was recorded under the old name stays."""
    person = locked(Person, person_id)
    require(policies.may_edit_person(actor))
    if not name.strip():
        raise Unacceptable("Give the person's name.", "name")
    if (person.name, person.affiliation) == (name.strip(), affiliation.strip()):
        return unchanged(person)
    person.name, person.affiliation = name.strip(), affiliation.strip()
    person.save()
    record(person)
    return person


@command(Verb.DEACTIVATED)
def deactivate_person(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """Nobody can act as this person any more; roles, seats and history stay. Needs a reason."""
    return _set_active(actor, person_id, False, reason)


@command(Verb.REACTIVATED)
def reactivate_person(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """Let somebody act again, with the roles that are still in force. Needs a reason."""
    return _set_active(actor, person_id, True, reason)


def _set_active(actor: Actor, person_id: UUID, active: bool, reason: str) -> Person:
    person = locked(Person, person_id)
    require(policies.may_deactivate_person(actor, person.pk))
    if not reason.strip():
        raise Unacceptable("Say why.", "reason")
    if person.active == active:
        return unchanged(person)
    person.active = active
    person.save()
    record(person, reason=reason.strip())
    return person


@command(Verb.INVITED)
def invite_person(*, actor: Actor, person_id: UUID) -> Person:
    """Send somebody the link to choose a password once more; an earlier one stays good until it is used."""
    person = locked(Person, person_id)
    require(policies.may_admit_person(actor))
    if person.user_id is None or not person.active:
        raise IllegalMove(f"{person.name} is not active here. Reactivate them first.")
    record(person)
    steps.invite(person)
    return person
