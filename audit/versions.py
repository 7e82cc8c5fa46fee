"""The versions of records: what an event wrote, one record's versions newest first, a record as it stood.

By key throughout: a record with 900,000 versions is read like one with three. Not here: who may see a record.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.http import QueryDict

from audit.models import Event, Redaction, TrackedModel
from audit.queries import tracked_models
from audit.states import RedactionState
from core import diff
from core.digests import canonical_json
from core.paging import Page, page_by_key

KINDS = {"+": "created", "~": "changed", "-": "deleted"}

MOST_WORDS = 1_500
"""Words of a text that are compared one by one; longer ones are shown before and after."""


class Value(NamedTuple):
    """What one field says, as text. `of`: the model label of the record that a key points to.

    Where that is named (naming.py), `text` is its name, `key` the key, and `url` where it is seen.
    """

    field: str
    text: str
    of: str = ""
    url: str = ""
    key: str = ""


@dataclass(frozen=True)
class Change:
    """One field before and after, as text; a side is None where there was no row.

    `was` and `now`: the same of a field that points to a record, each None where it pointed to none.
    """

    field: str
    before: str | None
    after: str | None
    was: Value | None = None
    now: Value | None = None

    @property
    def words(self) -> list[tuple[diff.Kind, str]]:
        """The difference word by word; whole texts where they are long or have nothing in common."""
        before, after = self.before or "", self.after or ""
        if len(before.split()) > MOST_WORDS or len(after.split()) > MOST_WORDS:
            both: list[tuple[diff.Kind, str]] = [("delete", before), ("insert", after)]
            return [(kind, text) for kind, text in both if text]
        return diff.words(before, after)


@dataclass(frozen=True)
class WrittenVersion:
    """One version of a row. `kind` is "created", "changed" or "deleted"; `values`: every field, in order."""

    model: type[TrackedModel]
    row_id: str
    history_id: int
    event_id: int | None
    at: datetime
    by: str
    reason: str
    kind: str
    digest: str
    changes: tuple[Change, ...]
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def summary(self) -> str:
        """The first few words it says of itself, for a heading."""
        said = [
            value.text
            for value in self.values
            if value.text and not value.of and value.field not in _DRY and not _is_of_machines(value.text)
        ]
        return " · ".join(text if len(text) <= 60 else f"{text[:59]}…" for text in said[:3]) or self.row_id


def versions_written_by(event: Event) -> list[WrittenVersion]:
    """All row versions of an event, each against the one before it, in the order of writing. One query."""
    tracked = tracked_models()
    parts = [
        f"select {position}, {_PAIR} from {_names(model)[0]} h where h.event_id = %(event)s".format(
            history=_names(model)[0], key=_names(model)[1]
        )
        for position, model in enumerate(tracked)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts) + " order by 5, 2", {"event": event.number})
        rows = cursor.fetchall()
    return [_written(tracked[position], now, before, at) for position, _, now, before, at in rows]


def redactions_in(versions: Iterable[WrittenVersion]) -> list[list[Redaction]]:
    """For each version, in order, the redactions that blanked something in it. One query."""
    places = [(row.model.history.model._meta.db_table, str(row.history_id)) for row in versions]
    tables = sorted({table for table, _number in places})
    reached = Q(history_table__in=tables) | Q(copies__has_any_keys=tables)
    done = list(Redaction.objects.filter(reached, state=RedactionState.CARRIED_OUT)) if tables else []
    return [[row for row in done if number in row.left.get(table, {})] for table, number in places]


def versions_of(
    model: type[TrackedModel], key: str, asked: QueryDict, *, size: int = 50, without: Iterable[int] = ()
) -> Page[WrittenVersion]:
    """A page of one record's versions, newest first, each against the one before it.

    `asked` is the query string, which says which page; `without`: events to be left out.
    """
    history, pk = _names(model)
    kept = model.history.filter(**{model._meta.pk.attname: key}).exclude(event_id__in=list(without))
    page = page_by_key(kept.only("history_id"), asked, by="-history_id", size=size)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_PAIR} from {history} h where h.history_id = any(%(on_page)s)"
            " order by h.history_id desc".format(history=history, key=pk),
            {"on_page": [row.history_id for row in page.rows]},
        )
        found = cursor.fetchall()
    return page.showing([_written(model, now, before, when) for _, now, before, when in found])


def version_at(model: type[TrackedModel], key: str, instant: datetime) -> WrittenVersion | None:
    """The record as it stood at an instant; None when it was not there yet, kind "deleted" when no longer.

    A version counts from the time of its event, which is stamped as the last thing of its transaction. Versions
    of one record follow each other, since each command locks the record first, so the last one is found by
    halving: some twenty probes of one index, however many versions there are.
    """
    history, pk = _names(model)
    with connection.cursor() as cursor:
        cursor.execute(_HALVING.format(history=history, key=pk), {"key": key, "instant": instant})
        found = cursor.fetchone()
    if found is None or found[0] is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_PAIR} from {history} h join audit_event e on e.number = h.event_id where h.{pk} = %(key)s"
            " and h.history_id <= %(last)s and e.at <= %(instant)s order by h.history_id desc limit 1".format(
                history=history, key=pk
            ),
            {"key": key, "last": found[0], "instant": instant},
        )
        row = cursor.fetchone()
    return None if row is None else _written(model, *row[1:])


def versions_at(
    model: type[TrackedModel], keys: list[str], instant: datetime, *, limit: int
) -> list[WrittenVersion]:
    """Some records as they stood at an instant, those that were there; at most `limit`, oldest first."""
    history, pk = _names(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_PAIR} from unnest(%(keys)s::uuid[]) k cross join lateral (select v.* from {history} v"
            " join audit_event e on e.number = v.event_id where v.{key} = k and e.at <= %(instant)s"
            " order by v.history_id desc limit 1) h where h.history_type <> '-'"
            " order by h.history_id limit %(limit)s".format(history=history, key=pk),
            {"keys": keys, "instant": instant, "limit": limit},
        )
        return [_written(model, now, before, at) for _, now, before, at in cursor.fetchall()]


# A version as JSON and the one before it, of the row h of {history}.
_PAIR = (
    "h.history_id, to_jsonb(h), (select to_jsonb(p) from {history} p where p.{key} = h.{key}"
    " and p.history_id < h.history_id order by p.history_id desc limit 1), h.history_date"
)

# The last version of a record that was written at or before an instant.
_HALVING = """
with recursive halving(low, high, best) as (
    select min(history_id), max(history_id), null::bigint from (
        (select history_id from {history} where {key} = %(key)s order by history_id limit 1) union all
        (select history_id from {history} where {key} = %(key)s order by history_id desc limit 1)) ends
    union all
    select case when probe.early then probe.history_id + 1 else low end,
           case when probe.early then high else (low + high) / 2 - 1 end,
           case when probe.early then probe.history_id else best end
    from halving left join lateral (
        select v.history_id, v.history_date <= %(instant)s as early from {history} v
        where v.{key} = %(key)s and v.history_id between (low + high) / 2 and high
        order by v.history_id limit 1) probe on true
    where low <= high
)
select max(best) from halving
"""


def _names(model: type[TrackedModel]) -> tuple[str, str]:
    """The history table and the key's column, quoted."""
    quote = connection.ops.quote_name
    return quote(model.history.model._meta.db_table), quote(str(model._meta.pk.column))


def _written(model: type[TrackedModel], now: str, before: str | None, at: datetime) -> WrittenVersion:
    version: dict[str, Any] = json.loads(now)
    kind = version["history_type"]
    old: Mapping[str, Any] = json.loads(before) if before is not None and kind != "+" else {}
    new: Mapping[str, Any] = version if kind != "-" else {}
    changes, values = [], []
    for field in model._meta.concrete_fields:
        name, words = str(field.column), str(field.verbose_name)
        of = field.related_model._meta.label if field.related_model else ""
        values.append(Value(words, _text(version.get(name)), of))
        if field.primary_key or old.get(name) == new.get(name) or (kind == "+" and not _text(new.get(name))):
            continue
        said, says = (_text(side.get(name)) if side else None for side in (old, new))
        pointed, points = (Value(words, side, of) if of and side else None for side in (said, says))
        changes.append(Change(words, said, says, pointed, points))
    return WrittenVersion(
        model=model,
        row_id=str(version[str(model._meta.pk.column)]),
        history_id=version["history_id"],
        event_id=version["event_id"],
        at=at,
        by=version["actor_name"],
        reason=version["history_change_reason"] or "",
        kind=KINDS[kind],
        digest=str(version.get("version_digest") or "").removeprefix("\\x"),
        changes=tuple(changes),
        values=tuple(values),
    )


# Fields that tell two records of a kind apart less than their words do.
_DRY = {"id", "number", "digest"}


def _is_of_machines(text: str) -> bool:
    """Keys, instants and structured values."""
    return (
        text[:1] in "[{"
        or (len(text) == 36 and text.count("-") == 4)
        or (text[10:11] == "T" and text[4:5] == "-")
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return canonical_json(value).decode()
    return str(value)
