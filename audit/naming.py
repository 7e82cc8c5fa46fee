"""Records in what was recorded: a version keeps a key; a reader wants a name, and the way to its record."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import ForeignKey

from audit.models import TrackedModel
from audit.queries import tracked_models
from audit.registry import describe
from audit.versions import Change, Value, WrittenVersion
from audit.withholding import Withheld, may_see
from core.policies import Actor

# A record as the log points to it: the label of its model, and its key as text.
Pointer = tuple[str, str]


class Named(NamedTuple):
    """How a record is called today, and where it is seen."""

    label: str
    url: str


Names = Mapping[Pointer, Named]


def pointed_to(versions: Iterable[WrittenVersion]) -> set[Pointer]:
    """The records that some versions point to, on either side of a change too."""
    return {(value.of, value.text) for version in versions for value in _pointing(version)}


def names_of(pointers: Iterable[Pointer], viewer: Actor, kept: Withheld) -> Names:
    """What records are called, those that the viewer may know of.

    Two queries, whatever their kinds and number, and what their descriptions ask.
    """
    rows = _rows(pointers)
    # A record is often named by one that it points to: a seat by who sits there.
    beside = {pointer for row in rows.values() for _field, pointer in _beside(row)}
    known = rows | _rows(beside - set(rows))
    for row in rows.values():
        for field, pointer in _beside(row):
            if pointer in known:
                field.set_cached_value(row, known[pointer])
    seen = {pointer: row for pointer, row in rows.items() if may_see(viewer, row, kept)}
    return {pointer: name_of(row) for pointer, row in seen.items()}


def name_of(row: TrackedModel) -> Named:
    """As its app describes it."""
    about = describe.get(row._meta.label)
    return Named(about.label(row), about.url(row))


def with_names(versions: Iterable[WrittenVersion], names: Names) -> list[WrittenVersion]:
    """The same versions with names in place of keys; the keys stay beside them."""

    def told(value: Value) -> Value:
        found = names.get((value.of, value.text))
        return value if found is None else value._replace(text=found.label, url=found.url, key=value.text)

    def retold(change: Change) -> Change:
        was, now = (side if side is None else told(side) for side in (change.was, change.now))
        return replace(change, was=was, now=now)

    return [
        replace(row, values=tuple(map(told, row.values)), changes=tuple(map(retold, row.changes)))
        for row in versions
    ]


def _pointing(version: WrittenVersion) -> Iterable[Value]:
    sides = (side for change in version.changes for side in (change.was, change.now) if side is not None)
    return (value for value in (*version.values, *sides) if value.of and value.text)


def _beside(row: TrackedModel) -> Iterable[tuple[Any, Pointer]]:
    """The fields of a row that point to another one, and to which."""
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and getattr(row, field.attname) is not None:
            yield field, (field.related_model._meta.label, str(getattr(row, field.attname)))


def _rows(pointers: Iterable[Pointer]) -> dict[Pointer, TrackedModel]:
    """The rows as they are now, of every kind that is described. One query."""
    keys: dict[str, list[str]] = {}
    for label, key in pointers:
        keys.setdefault(label, []).append(key)
    wanted = [
        model for model in tracked_models() if model._meta.label in keys and model._meta.label in describe
    ]
    if not wanted:
        return {}
    quote = connection.ops.quote_name
    parts = [
        f"select {place}, to_jsonb(r) from {quote(model._meta.db_table)} r"
        f" where {quote(str(model._meta.pk.column))} = any(%s::uuid[])"
        for place, model in enumerate(wanted)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), [keys[model._meta.label] for model in wanted])
        rows = [_row(wanted[place], json.loads(told)) for place, told in cursor.fetchall()]
    return {(row._meta.label, str(row.pk)): row for row in rows}


def _row(model: type[TrackedModel], told: Mapping[str, Any]) -> TrackedModel:
    fields = model._meta.concrete_fields
    values = [field.to_python(told[str(field.column)]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], values)
