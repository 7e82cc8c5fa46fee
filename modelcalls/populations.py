"""What of model calls a control test may be about."""

from audit.registry import Population, populations
from modelcalls.models import Call

populations.register(
    "model_calls",
    Population(
        "Model calls",
        "What was asked of models, by the day the call was finished, answered or not.",
        Call.objects.defer("request"),
        by="finished_at",
    ),
)
