"""What is kept from a viewer for now: a secret vote before its close, say. One answer for every page of the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db import connection, models

from audit.models import Event, TrackedModel
from audit.registry import describe, withheld
from core.policies import Actor


@dataclass(frozen=True)
class Withheld:
    """The records kept from one viewer, by model label, as text; `events`: what was recorded about or with them."""

    records: dict[str, frozenset[str]]

    def hides(self, row: models.Model) -> bool:
        return str(row.pk) in self.records.get(row._meta.label, ())

    @cached_property
    def events(self) -> frozenset[int]:
        """Numbers of the events that are about a withheld record or wrote a version of one, with all of their commands.

        A command is left out as a whole: the mail that followed from a vote tells of the vote.
        """
        if not any(self.records.values()):
            return frozenset()
        numbers = [int(key) for key in self.records.get(Event._meta.label, ())]
        pairs = [(label, key) for label, keys in self.records.items() for key in keys]
        wrote, keys_of = _that_wrote(self.records)
        with connection.cursor() as cursor:
            cursor.execute(
                _EVENTS.format(wrote=wrote),
                [numbers, [label for label, _ in pairs], [key for _, key in pairs], *keys_of],
            )
            return frozenset(number for (number,) in cursor.fetchall())


def withheld_from(viewer: Actor) -> Withheld:
    """Asks every app what it keeps from this viewer now."""
    records: dict[str, set[str]] = {}
    for tell in withheld.values():
        for label, keys in tell(viewer).items():
            if told := {str(key) for key in keys}:
                records.setdefault(label, set()).update(told)
    return Withheld({label: frozenset(keys) for label, keys in records.items()})


def may_see(viewer: Actor, row: models.Model, kept: Withheld) -> bool:
    """Whether the viewer may know of a record now: as its own app says. What nobody described is not shown."""
    label = row._meta.label
    return label in describe and not kept.hides(row) and describe.get(label).visible(viewer, row)


def _that_wrote(records: Mapping[str, frozenset[str]]) -> tuple[str, list[list[str]]]:
    """The events that wrote a version of one of these records, as further parts of a union, with their values."""
    quote = connection.ops.quote_name
    parts, values = [], []
    for label, keys in records.items():
        model = apps.get_model(label)
        if issubclass(model, TrackedModel):
            table, key = model.history.model._meta.db_table, str(model._meta.pk.column)
            parts.append(f" union select event_id from {quote(table)} where {quote(key)} = any(%s::uuid[])")
            values.append(list(keys))
    return "".join(parts), values


# Named, about or with a withheld record; then the whole commands of these.
_EVENTS = """
with direct as (
    select unnest(%s::bigint[]) as number
    union select e.number from audit_event e
        join unnest(%s::text[], %s::text[]) as kept (label, key)
        on e.target_type = kept.label and e.target_id = kept.key
    {wrote}
), roots as (
    select coalesce(caused_by_id, number) as number from audit_event where number in (select number from direct)
)
select number from direct where number is not null
union select number from roots
union select number from audit_event where caused_by_id in (select number from roots)
"""
