"""How long a role may be held at a time, and when its end is told of beforehand. Pure."""

from datetime import datetime, timedelta

from accounts.states import Role

AUDIT_AT_MOST = timedelta(days=366)
"""An auditor comes for a year at most; who stays is granted the role anew."""
TOLD_BEFORE = timedelta(days=14)


def longest_end(role: str, starts_at: datetime) -> datetime | None:
    """When a role that is granted then ends at the latest; None where it may go on until it is revoked."""
    return starts_at + AUDIT_AT_MOST if role == Role.AUDITOR else None


def fits(role: str, starts_at: datetime, ends_at: datetime | None) -> bool:
    """Whether a role may be granted for this long; the last day counts whole."""
    longest = longest_end(role, starts_at)
    return longest is None or (ends_at is not None and ends_at.date() <= longest.date())
