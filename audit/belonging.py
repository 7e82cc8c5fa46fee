"""Which records belong to one: for its page as of an instant, and for an evidence pack.

Found through foreign keys, so that a new kind of record cannot be forgotten: whatever points to a record belongs to
it, and so on down; what these point to is taken along, and not followed further. What an app says in its
descriptions bends that: `rests_on` is followed like a part; a `hub` is never followed, and taken along only by it;
what a record `cites` without a key is taken along.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from audit.models import TrackedModel
from audit.queries import tracked_model, tracked_models
from audit.registry import describe
from audit.withholding import Withheld, may_see
from core.policies import Actor

Rows = dict[str, TrackedModel]


def belonging_to(
    root: TrackedModel, viewer: Actor, kept: Withheld
) -> dict[type[TrackedModel], list[TrackedModel]]:
    """By model the records that belong to `root`, itself first, without those the viewer may not know of."""
    walk = _Walk(viewer, kept)
    walk.take(type(root), [root])
    follow: dict[type[TrackedModel], list[TrackedModel]] = {type(root): [root]}
    alone = _is_hub(type(root))
    while follow:
        found: dict[type[TrackedModel], list[TrackedModel]] = {}
        for model, rows in follow.items():
            for part, more in (*walk.parts(model, rows), *walk.rests(model, rows)):
                found.setdefault(part, []).extend(more)
        follow = (
            {} if alone else {model: rows for model, rows in found.items() if rows and not _is_hub(model)}
        )
    for model, taken in list(walk.rows.items()):
        walk.take_along(model, list(taken.values()))
    order = [type(root), *sorted(set(walk.rows) - {type(root)}, key=lambda model: model._meta.label)]
    return {model: list(walk.rows[model].values()) for model in order if walk.rows[model]}


class _Walk:
    """The records found so far, each once."""

    def __init__(self, viewer: Actor, kept: Withheld) -> None:
        self.viewer, self.kept = viewer, kept
        self.rows: dict[type[TrackedModel], Rows] = {}

    def take(self, model: type[TrackedModel], rows: Iterable[TrackedModel]) -> list[TrackedModel]:
        """Keep what is new and may be seen."""
        known = self.rows.setdefault(model, {})
        new = [row for row in rows if str(row.pk) not in known and may_see(self.viewer, row, self.kept)]
        known.update((str(row.pk), row) for row in new)
        return new

    def parts(
        self, model: type[TrackedModel], rows: list[TrackedModel]
    ) -> Iterable[tuple[type[TrackedModel], list[TrackedModel]]]:
        """Records that point to these."""
        for part, field in _pointing_to(model):
            keys = [row.pk for row in rows]
            yield part, self.take(part, part._default_manager.filter(**{f"{field}__in": keys}).order_by("pk"))

    def rests(
        self, model: type[TrackedModel], rows: list[TrackedModel]
    ) -> Iterable[tuple[type[TrackedModel], list[TrackedModel]]]:
        """Records that these rest on, as their app says."""
        for field in describe.get(model._meta.label).rests_on:
            yield self._pointed_at(model, field, rows)

    def take_along(self, model: type[TrackedModel], rows: list[TrackedModel]) -> None:
        """Every other record that these point to."""
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not (isinstance(target, type) and issubclass(target, TrackedModel) and _is_described(target)):
                continue
            if not _is_hub(target):
                self._pointed_at(model, field.name, rows)
        cited: dict[str, list[Any]] = {}
        for named in map(describe.get(model._meta.label).cites, rows):
            if named is not None:
                cited.setdefault(named[0], []).append(named[1])
        for label, keys in cited.items():
            if (found := tracked_model(label)) is not None and _is_described(found):
                self.take(found, found._default_manager.filter(pk__in=keys).order_by("pk"))

    def _pointed_at(
        self, model: type[TrackedModel], name: str, rows: list[TrackedModel]
    ) -> tuple[type[TrackedModel], list[TrackedModel]]:
        field: Any = model._meta.get_field(name)
        target = field.related_model
        keys = {getattr(row, field.attname) for row in rows} - {None}
        return target, self.take(target, target._default_manager.filter(pk__in=keys).order_by("pk"))


def _pointing_to(model: type[TrackedModel]) -> list[tuple[type[TrackedModel], str]]:
    """The models of records that point to this model, and by which field."""
    return [
        (other, field.name)
        for other in tracked_models()
        if _is_described(other)
        for field in other._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is model
    ]


def _is_described(model: type[models.Model]) -> bool:
    return model._meta.label in describe


def _is_hub(model: type[models.Model]) -> bool:
    return describe.get(model._meta.label).hub
