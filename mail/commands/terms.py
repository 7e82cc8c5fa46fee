"""The end of a role, told of two weeks before to whoever holds it."""

from uuid import UUID

from django.urls import reverse

from accounts.models import RoleGrant
from accounts.terms import TOLD_BEFORE
from audit.commands import command, locked, record, unchanged
from core import clock
from core.policies import Actor, require
from mail import policies, queries, steps
from mail.events import Verb
from mail.registry import ENDING


@command(Verb.ENDING_TOLD)
def tell_of_ending(*, actor: Actor, grant_id: UUID) -> RoleGrant:
    """Write to somebody whose role ends within two weeks; once. Nothing where it was revoked or is over."""
    grant = locked(RoleGrant, grant_id, select_related=("person",))
    require(policies.may_send_mail(actor))
    now, slot = clock.now(), f"{ENDING}:{grant.pk}"
    near = grant.ends_at is not None and now < grant.ends_at <= now + TOLD_BEFORE
    if grant.revoked_at is not None or not near or queries.occasions_told([slot]):
        return unchanged(grant)
    record(grant, data={"role": grant.role})
    steps.post(
        kind=ENDING,
        to=grant.person,
        about=grant.person,
        slot=slot,
        url=reverse("accounts:today"),
        context={"role": grant.get_role_display(), "ends_at": grant.ends_at},
    )
    return grant
