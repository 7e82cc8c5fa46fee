"""What of the audit's own records a control test may be about."""

from audit.models import Redaction
from audit.registry import Population, populations
from audit.states import RedactionState

populations.register(
    "redactions",
    Population(
        "Redactions carried out",
        "Redactions that two people carried out, by the day of confirming.",
        Redaction.objects.filter(state=RedactionState.CARRIED_OUT),
        by="confirmed_at",
        parties=lambda row: (row.proposed_by_id, row.confirmed_by_id),
    ),
)
