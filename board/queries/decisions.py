"""Certified decisions, as far as a viewer may read them."""

from django.db.models import QuerySet

from board.models import (
    Certificate,
)
from board.registry import withheld
from core.policies import Actor


def decisions(viewer: Actor | None) -> QuerySet[Certificate]:
    """Certified results the viewer may know of, the latest first, without their documents."""
    return seen_by(viewer).select_related("ballot__motion__board").defer("document", "disclosures")


def seen_by(viewer: Actor | None) -> QuerySet[Certificate]:
    """Certified results but for those that apps above keep from this viewer."""
    rows = Certificate.objects.all()
    for _, hidden in withheld.items():
        rows = rows.exclude(ballot__motion__in=hidden(viewer))
    return rows


def is_public(certificate: Certificate) -> bool:
    """Whether everybody may read this result now."""
    return seen_by(None).filter(pk=certificate.pk).exists()
