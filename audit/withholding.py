"""What is kept from a viewer for now: a secret vote before its close, say. One answer for every page of the audit."""

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
        found: set[int] = set()
        for label, keys in self.records.items():
            if label == Event._meta.label:
                found.update(int(key) for key in keys)
                continue
            about = Event.objects.filter(target_type=label, target_id__in=keys)
            found.update(about.values_list("number", flat=True))
            found.update(_that_wrote(label, keys))
        roots = {
            cause or number
            for number, cause in Event.objects.filter(number__in=found).values_list("number", "caused_by_id")
        }
        followed = Event.objects.filter(caused_by__in=roots).values_list("number", flat=True)
        return frozenset(found | roots | set(followed)) if roots else frozenset()


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


def _that_wrote(label: str, keys: frozenset[str]) -> list[int]:
    model = apps.get_model(label)
    if not issubclass(model, TrackedModel):
        return []
    history = model.history.model._meta
    key = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select distinct event_id from {connection.ops.quote_name(history.db_table)}"
            f" where {key} = any(%s::uuid[])",
            [list(keys)],
        )
        return [number for (number,) in cursor.fetchall()]
