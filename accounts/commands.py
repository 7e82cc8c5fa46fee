"""Appoint the first person, admit people, grant and revoke roles, and note what happened at the door."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts import policies, steps
from accounts.events import Verb
from accounts.models import THE_ORGANISATION, Organisation, Person, RoleGrant
from accounts.queries import organisation
from accounts.states import Role, RollCall
from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
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


@command(Verb.VISIBILITY_CHANGED)
def change_visibility(*, actor: Actor, public_site: bool, roll_call: str, reason: str) -> Organisation:
    """Whether there is a public site, and what public decisions tell of votes. Needs a reason."""
    require(policies.may_change_visibility(actor))
    if not organisation().founded:
        raise IllegalMove("This installation is not founded yet. Its founding says what is public.")
    row = locked(Organisation, THE_ORGANISATION)
    if roll_call not in RollCall.values:
        raise Unacceptable("Choose names, affiliations or totals.", "roll_call")
    if not reason.strip():
        raise Unacceptable("Say why this changes.", "reason")
    if (row.public_site, row.roll_call) == (public_site, roll_call):
        return unchanged(row)
    row.public_site, row.roll_call = public_site, roll_call
    row.save()
    record(row, reason=reason.strip(), data={"public_site": public_site, "roll_call": roll_call})
    return row


@command(Verb.ROLE_GRANTED)
def grant_role(*, actor: Actor, person_id: UUID, role: str, ends_at: datetime | None = None) -> RoleGrant:
    """Give a role to somebody else, until `ends_at` or until revoked."""
    person = locked(Person, person_id)
    require(policies.may_grant_role(actor, person.id))
    now = clock.now()
    if ends_at is not None and ends_at <= now:
        raise Unacceptable("The term must end after now.", "ends_at")
    existing = RoleGrant.objects.filter(person=person, role=role, revoked_at__isnull=True).first()
    if existing is not None:
        return unchanged(existing)
    row = steps.grant(
        person=person,
        role=Role(role),
        granted_by=Person.objects.get(pk=str(actor.id)),
        starts_at=now,
        ends_at=ends_at,
    )
    record(person, data={"role": role, "ends_at": ends_at.isoformat() if ends_at else None})
    steps.tell(
        person,
        kind="accounts.role.granted",
        slot=f"accounts.role.granted:{row.pk}",
        url=reverse("accounts:today"),
        context={"role": Role(role).label, "by": actor.name, "ends_at": ends_at},
    )
    return row


@command(Verb.ROLE_REVOKED)
def revoke_role(*, actor: Actor, grant_id: UUID, reason: str) -> RoleGrant:
    """End a grant now. Needs a reason."""
    row = locked(RoleGrant, grant_id)
    require(policies.may_grant_role(actor, row.person_id))
    if not reason.strip():
        raise Unacceptable("Say why the role is revoked.", "reason")
    if row.revoked_at is not None:
        return unchanged(row)
    row.revoked_at = clock.now()
    row.save()
    record(row.person, reason=reason, data={"role": row.role})
    steps.tell(
        row.person,
        kind="accounts.role.ended",
        slot=f"accounts.role.ended:{row.pk}",
        url=reverse("accounts:today"),
        context={"role": Role(row.role).label, "by": actor.name, "reason": reason.strip()},
    )
    return row


@command(Verb.SIGNED_IN)
def note_sign_in(*, actor: Actor, person_id: UUID, means: Sequence[str] = ()) -> Person:
    """Somebody signed in, by these means: "password", "totp", "webauthn", …"""
    person = Person.objects.get(pk=person_id)
    record(person, data={"means": [*means]})
    return person


@command(Verb.SIGN_IN_FAILED)
def note_failed_sign_in(*, actor: Actor, person_id: UUID | None) -> None:
    """Somebody tried and failed. The address typed is not kept: it may be a password typed in the wrong field."""
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    record(person, reason="Wrong password or unknown address.")


@command(Verb.SIGNED_OUT)
def note_sign_out(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody signed out."""
    person = Person.objects.get(pk=person_id)
    record(person)
    return person


@command(Verb.PASSWORD_CHANGED)
def note_password_change(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody changed or reset their password."""
    person = Person.objects.get(pk=person_id)
    record(person)
    steps.tell_of_sign_in(person, "Your password was changed")
    return person


@command(Verb.PASSWORD_RESET_ASKED)
def ask_password_reset(*, actor: Actor, person_id: UUID, url: str) -> Person:
    """Somebody asked for a new password; `url` is the path where it is chosen, and goes by mail only."""
    person = Person.objects.get(pk=person_id)
    event = record(person)
    steps.tell(
        person, kind="accounts.password.reset", slot=f"accounts.password.reset:{event.number}", url=url
    )
    return person


@command(Verb.FACTOR_ADDED)
def note_factor_added(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody set up a second factor ("totp", "webauthn"). No secret is ever told."""
    person = _noted(person_id, kind)
    steps.tell_of_sign_in(person, f"{steps.factor_in_words(kind)} was added to your sign-in")
    return person


@command(Verb.FACTOR_ADDED)
def give_authenticator(*, actor: Actor, person_id: UUID, secret: str) -> Person:
    """An authenticator app's secret (Base32) handed to a person of the demonstration; by a process only."""
    if actor.id is not None:
        raise NotAllowed("Everybody sets up their own second factor, on their page of sign-in and security.")
    person = locked(Person, person_id)
    if not steps.give_authenticator(person=person, secret=secret):
        return unchanged(person)
    return _noted(person_id, "totp")


@command(Verb.FACTOR_REMOVED)
def note_factor_removed(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody removed a second factor of theirs."""
    person = _noted(person_id, kind)
    steps.tell_of_sign_in(person, f"{steps.factor_in_words(kind)} was removed from your sign-in")
    return person


@command(Verb.FACTOR_CONFIRMED)
def note_factor_confirmed(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody signed in proved once more that it is them, before something that asks for it."""
    return _noted(person_id, kind)


@command(Verb.FACTOR_FAILED)
def note_failed_factor(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody had the password, or the session, and not the second factor. What was typed is not kept."""
    return _noted(person_id, kind)


@command(Verb.RECOVERY_CODES_MADE)
def note_recovery_codes(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody got a new set of recovery codes; older ones no longer work."""
    return _noted(person_id)


@command(Verb.RECOVERY_CODE_USED)
def note_recovery_code_used(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody used up one of their recovery codes."""
    person = _noted(person_id)
    steps.tell_of_sign_in(person, "A recovery code of yours was used to sign in")
    return person


@command(Verb.SESSION_ENDED)
def end_sessions(*, actor: Actor, person_id: UUID, session_ids: Sequence[int]) -> Person:
    """End sign-ins of one's own on other devices, at once. NotAllowed for somebody else's."""
    person = locked(Person, person_id)
    require(policies.may_end_sessions(actor, person_id))
    ended = steps.end_sessions(person=person, session_ids=session_ids)
    if not ended:
        return unchanged(person)
    record(person, data={"count": ended})
    return person


def _noted(person_id: UUID, kind: str = "") -> Person:
    person = Person.objects.get(pk=person_id)
    record(person, data={"kind": kind} if kind else {})
    return person
