"""Certified decisions, as far as a viewer may read them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from board.models import Certificate
from board.registry import withheld
from core.policies import Actor
from core.prepared import Given, written_once


def decisions(viewer: Actor | None) -> QuerySet[Certificate]:
    """Certified results the viewer may know of, the latest first, without their documents."""
    return seen_by(viewer).select_related("ballot__motion__board").defer("document", "disclosures")


def seen_by(viewer: Actor | None) -> QuerySet[Certificate]:
    """Certified results but for those that apps above keep from this viewer."""
    rows = Certificate.objects.all()
    for _, hidden in withheld.items():
        rows = rows.exclude(ballot__motion__in=hidden(viewer))
    return rows


def decision_of(viewer: Actor | None, ballot_id: UUID) -> Certificate | None:
    """The result of one ballot; None before it is certified, or while it is kept from this viewer."""
    return next(iter(_decision(viewer, "ballot_id", key=ballot_id)), None)


def decision_numbered(viewer: Actor | None, number: str) -> Certificate | None:
    """The result with this number; None where there is none, or while it is kept from this viewer."""
    return next(iter(_decision(viewer, "number", key=number)), None)


@written_once
def _decision(viewer: Actor | None, named_by: str) -> QuerySet[Certificate]:
    return seen_by(viewer).select_related("ballot__motion__board").filter(**{named_by: Given("key")})


def may_read_decision(viewer: Actor | None, certificate_id: UUID) -> bool:
    """Whether this viewer may read this result now; None: everybody may."""
    return bool(_read(viewer, certificate=certificate_id))


@written_once
def _read(viewer: Actor | None) -> QuerySet[Certificate, Any]:
    return seen_by(viewer).filter(pk=Given("certificate")).order_by().values_list("pk")
