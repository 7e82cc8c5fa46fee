"""What of lifecycle a control test may be about."""

from audit.registry import Population, populations
from lifecycle.models import Case, Commitment, Dossier, StageChange, Suspension

populations.register(
    "stage_changes",
    Population(
        "Changes of stage",
        "Changes of our models’ stages, each by a decision, by the day they were carried out.",
        StageChange.objects.select_related("ai_model"),
        by="at",
    ),
)
populations.register(
    "cases_opened",
    Population("Cases opened", "Cases, by the day they were opened.", Case.objects.all(), by="opened_at"),
)
populations.register(
    "dossiers_frozen",
    Population(
        "Dossiers frozen",
        "What the board was given to read, by the day it was frozen.",
        Dossier.objects.select_related("case"),
        by="frozen_at",
    ),
)
populations.register(
    "promises_due",
    Population(
        "Promises due",
        "Promises with a day, by that day, whatever became of them.",
        Commitment.objects.all(),
        by="due_on",
    ),
)
populations.register(
    "suspensions",
    Population(
        "Suspensions",
        "Emergency suspensions that came into force, by that day, whatever became of them.",
        Suspension.objects.filter(confirmed_at__isnull=False).select_related("ai_model"),
        by="confirmed_at",
    ),
)
