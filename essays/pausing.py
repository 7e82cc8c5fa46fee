"""Which essays wait because their author is suspended. Not here: when it is (`lifecycle.queries.suspensions`)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from essays.models import Essay
from lifecycle.queries.suspensions import suspended_models, why_paused


def essays_of_suspended() -> QuerySet[Any]:
    """The ids of essays whose author may not be asked now."""
    return Essay.objects.filter(series__ai_model__in=suspended_models()).order_by().values("pk")


def why_author_is_paused(essay_id: UUID) -> str:
    """Why the author of an essay may not be asked now, as a sentence; "" when it may."""
    return why_paused(Essay.objects.filter(pk=essay_id).order_by().values("series__ai_model"))
