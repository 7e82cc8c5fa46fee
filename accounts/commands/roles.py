"""Roles, granted for a term by somebody else, and revoked."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts import policies, steps
from accounts.events import Verb
from accounts.models import Person, RoleGrant
from accounts.states import Role
from accounts.terms import AUDIT_AT_MOST, fits
from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import Unacceptable
from core.policies import Actor, require


@command(Verb.ROLE_GRANTED)
def grant_role(*, actor: Actor, person_id: UUID, role: str, ends_at: datetime | None = None) -> RoleGrant:
    """Give a role to somebody else, until `ends_at` or until revoked; an auditor's always ends (accounts.terms).

    Whoever holds it already, for another time, holds it for this one from now on.
    """
    person = locked(Person, person_id)
    require(policies.may_grant_role(actor, person.id))
    now = clock.now()
    if ends_at is not None and ends_at <= now:
        raise Unacceptable("The term must end after now.", "ends_at")
    if not fits(role, now, ends_at):
        raise Unacceptable(
            f"An auditor's role needs a last day, at most {AUDIT_AT_MOST.days} days from now.", "ends_at"
        )
    existing = RoleGrant.objects.filter(person=person, role=role, revoked_at__isnull=True).first()
    if existing is not None:
        if existing.ends_at == ends_at:
            return unchanged(existing)
        existing.revoked_at = now
        existing.save()
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
