"""What of essays a control test may be about."""

from audit.registry import Population, populations
from essays.models import Publication, Review

populations.register(
    "essays_published",
    Population(
        "Essays published",
        "Essays that went out, by the day they did.",
        Publication.objects.select_related("essay"),
        by="published_at",
        parties=lambda row: Review.objects.filter(revision__essay_id=row.essay_id).values_list(
            "editor_id", flat=True
        ),
    ),
)
