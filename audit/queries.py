"""Reads of the timeline: events by filter, and the versions an event wrote with what each changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet

from audit.models import UNTRACKED, Event, TrackedModel
from core.digests import canonical_json


@dataclass(frozen=True)
class Filters:
    """What an auditor asked for; everything empty means all events. Days are UTC, both included."""

    person: str = ""
    app: str = ""
    object: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


def timeline(filters: Filters) -> QuerySet[Event]:
    """The events that match, in no order yet: page them by number."""
    found = Event.objects.all()
    if filters.person:
        by_id = _is_uuid(filters.person)
        found = found.filter(**{"actor_id" if by_id else "actor_name__icontains": filters.person})
    if filters.app:
        found = found.filter(verb__startswith=f"{filters.app}.")
    if filters.object:
        target_type, _, target_id = filters.object.partition(":")
        if _is_uuid(target_id):
            found = found.filter(target_type=target_type, target_id=target_id)
        else:
            found = found.filter(target_label__icontains=filters.object)
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.since:
        found = found.filter(at__gte=datetime.combine(filters.since, time(), UTC))
    if filters.until:
        found = found.filter(at__lt=datetime.combine(filters.until + timedelta(days=1), time(), UTC))
    for word in filters.words.split():
        found = found.filter(
            Q(verb__icontains=word) | Q(target_label__icontains=word) | Q(reason__icontains=word)
        )
    return found


def tracked_models() -> list[type[TrackedModel]]:
    """Every model of ours that keeps history, in the order of their labels."""
    return sorted(
        (m for m in apps.get_models() if issubclass(m, TrackedModel) and m._meta.label not in UNTRACKED),
        key=lambda m: m._meta.label,
    )


@dataclass(frozen=True)
class Change:
    """One field before and after, as text; a side is None where there was no row."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class WrittenVersion:
    """One version an event wrote. `kind` is "created", "changed" or "deleted"."""

    model: type[models.Model]
    row_id: str
    kind: str
    digest: str
    changes: tuple[Change, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label


KINDS = {"+": "created", "~": "changed", "-": "deleted"}


def versions_written_by(event: Event) -> list[WrittenVersion]:
    """All row versions of an event, each against the one before it, in the order of writing. One query."""
    tracked = tracked_models()
    parts = []
    for position, model in enumerate(tracked):
        history = model.history.model._meta
        key = connection.ops.quote_name(str(model._meta.pk.column))
        table = connection.ops.quote_name(history.db_table)
        parts.append(
            f"select {position}, h.history_id, to_jsonb(h), (select to_jsonb(p) from {table} p"
            f" where p.{key} = h.{key} and p.history_id < h.history_id order by p.history_id desc limit 1)"
            f", h.history_date from {table} h where h.event_id = %(event)s"
        )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts) + " order by 5, 2", {"event": event.number})
        rows = cursor.fetchall()
    return [
        _written(tracked[position], _loaded(now), _loaded(before)) for position, _, now, before, _ in rows
    ]


def _loaded(value: str | None) -> dict[str, Any] | None:
    """A jsonb value of a raw query: Django's connection gives it as text."""
    return None if value is None else json.loads(value)


def _written(
    model: type[models.Model], now: dict[str, Any] | None, before: dict[str, Any] | None
) -> WrittenVersion:
    assert now is not None
    kind = now["history_type"]
    old: Mapping[str, Any] = before if before is not None and kind != "+" else {}
    new: Mapping[str, Any] = now if kind != "-" else {}
    changes = []
    for field in model._meta.concrete_fields:
        name = str(field.column)
        if field.primary_key or old.get(name) == new.get(name):
            continue
        changes.append(
            Change(
                str(field.verbose_name), _text(old[name]) if old else None, _text(new[name]) if new else None
            )
        )
    digest = str(now.get("version_digest") or "").removeprefix("\\x")
    return WrittenVersion(model, str(now[str(model._meta.pk.column)]), KINDS[kind], digest, tuple(changes))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return canonical_json(value).decode()
    return str(value)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
