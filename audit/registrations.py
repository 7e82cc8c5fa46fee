"""What audit registers with the framework; imported once, when Django is ready."""

from django.urls import reverse

from audit import (
    checks,  # noqa: F401  registers itself
    policies,
    populations,  # noqa: F401  registers itself
)
from audit.registry import Description, describe

describe.register(
    "audit.Redaction",
    Description(
        str,
        lambda row: reverse("audit:redaction", args=[row.pk]),
        lambda actor, row: bool(policies.may_see_redactions(actor)),
    ),
)
