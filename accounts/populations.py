"""What of accounts a control test may be about."""

from accounts.models import RoleGrant
from audit.registry import Population, populations

populations.register(
    "role_grants",
    Population(
        "Grants of roles",
        "Roles granted to people, by the day the grant began.",
        RoleGrant.objects.select_related("person"),
        by="starts_at",
    ),
)
