"""What accounts tells the apps below it; imported once, when Django is ready."""

from django.urls import reverse

from accounts import (
    checks,  # noqa: F401  registers itself
    populations,  # noqa: F401  registers itself
    sign_in,  # noqa: F401  connects allauth's signals
    today,  # noqa: F401  registers itself
)
from accounts.models import Organisation, Person, RoleGrant
from accounts.policies import KEEPERS
from accounts.registry import Seldom, Waiting, seldom
from audit import redactions
from audit.registry import Description, describe
from core.policies import Actor, any_of


def _seen_by_keepers_and_auditors(actor: Actor, row: Person | RoleGrant | Organisation) -> bool:
    return any_of(actor, "auditor", *KEEPERS)


describe.register(
    "accounts.Person",
    Description(
        str, lambda row: reverse("accounts:person", args=[row.pk]), _seen_by_keepers_and_auditors, hub=True
    ),
)
describe.register(
    "accounts.RoleGrant",
    Description(
        str, lambda row: reverse("accounts:person", args=[row.person_id]), _seen_by_keepers_and_auditors
    ),
)
describe.register(
    "accounts.Organisation", Description(str, lambda row: "", lambda actor, row: True, hub=True)
)


def _redactions(actor: Actor) -> list[Waiting]:
    """What another person wants blanked; the audit knows nothing of Today."""
    return [
        Waiting(
            title=f"Confirm: {row}",
            url=reverse("audit:redaction", args=[row.pk]),
            detail=f"{row.proposed_by_name} proposed it. {row.get_reason_display()}.",
            action="Look at it",
        )
        for row in redactions.waiting_for(actor)
    ]


seldom.register("redactions", Seldom(redactions.proposed_to, _redactions))
