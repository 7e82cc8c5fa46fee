"""What of interviews a control test may be about."""

from audit.registry import Population, populations
from interviews.models import Authorisation, Interview, Preference, SignOff
from interviews.states import InterviewState

populations.register(
    "interviews_signed_off",
    Population(
        "Interviews signed off",
        "Interviews that two people read and signed, by the day of the second signature.",
        Interview.objects.filter(state=InterviewState.SIGNED_OFF),
        by="signed_off_at",
        parties=lambda row: [
            *Authorisation.objects.filter(interview=row).values_list("person_id", flat=True),
            *SignOff.objects.filter(interview=row).values_list("person_id", flat=True),
        ],
    ),
)
populations.register(
    "wishes",
    Population(
        "Wishes of models",
        "What models asked for, by the day it was registered, answered or not.",
        Preference.objects.all(),
        by="at",
    ),
)
