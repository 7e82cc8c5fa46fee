"""The states of what the audit itself decides: redactions and findings."""

from django.db.models import TextChoices

from core.states import Machine


class RedactionReason(TextChoices):
    """Why something must not stay readable."""

    PRIVACY = "privacy", "Personal data of somebody who did not agree to it"
    LEGAL = "legal", "A law or a court demands it"
    SAFETY = "safety", "It would put somebody in danger"
    SECRET = "secret", "A password, key or other secret got in by mistake"


class RedactionState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    CARRIED_OUT = "carried_out", "Carried out"
    DROPPED = "dropped", "Dropped"


REDACTION = Machine(
    "redaction",
    RedactionState,
    {RedactionState.PROPOSED: {RedactionState.CARRIED_OUT, RedactionState.DROPPED}},
)
