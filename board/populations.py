"""What of the board a control test may be about."""

from audit.registry import Population, populations
from board.models import Certificate, Elector, Seat

populations.register(
    "certified_decisions",
    Population(
        "Certified decisions",
        "Results of votes that the secretary certified, carried or not, by the day of certifying.",
        Certificate.objects.all(),
        by="certified_at",
        parties=lambda row: Elector.objects.filter(ballot_id=row.ballot_id).values_list(
            "person_id", flat=True
        ),
    ),
)
populations.register(
    "seats_taken",
    Population(
        "Seats taken",
        "Seats on a board, by the day the term began.",
        Seat.objects.select_related("person", "board"),
        by="starts_on",
    ),
)
