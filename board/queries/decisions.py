"""Certified decisions, as far as a viewer may read them."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
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


def decisions_that_go_on_saying(
    viewer: Actor | None, texts: Mapping[str, list[str]]
) -> dict[str, list[Certificate]]:
    """By the same keys, those whose own document repeats one of the texts: no redaction reaches forms 1 and 2."""
    with connection.cursor() as cursor:
        cursor.execute(_GO_ON_SAYING, [json.dumps(texts)])
        pairs = cursor.fetchall()
    rows = seen_by(viewer).only("number").in_bulk({pk for _key, pk in pairs}) if pairs else {}
    found: dict[str, list[Certificate]] = {}
    for key, pk in pairs:
        if pk in rows:
            found.setdefault(key, []).append(rows[pk])
    return found


# What repeats a text is the redaction's to say (audit/sql/redaction.sql).
_GO_ON_SAYING = """
select wanted.key, c.id from board_certificate c, jsonb_each(%s::jsonb) wanted
where c.disclosures is null and exists (
    select from jsonb_path_query(c.document, 'strict $.** ? (@.type() == "string")') said
    where audit_repeats(said #>> '{}', array(select jsonb_array_elements_text(wanted.value))))
order by c.year, c.serial
"""
