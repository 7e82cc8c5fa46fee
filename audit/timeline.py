"""Reads of the timeline: events by filter, by key, each filter by an index of its own. Never a count, an offset.

Not here: what an event changed (versions.py), and how many there were per day (days.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from audit.catalogue import WORDS, not_catalogued
from audit.models import APP_OF_VERB, CataloguedActor, Event
from audit.withholding import withheld_from
from core.listing import listed
from core.paging import Page, page_by_key
from core.policies import Actor
from core.prepared import Prepared
from core.search import every, words_of

SHOWN = ("number", "at", "actor_name", "on_behalf_of_name", "outcome", "verb", "target_label", "reason")
"""What a line of the timeline shows of an event."""

MOST_NAMES = 20
"""People a part of a name is taken for at most."""

# No command lasts longer: an event's number is given when its command begins, its time when it ends.
LONGEST_COMMAND = timedelta(hours=6)


@dataclass(frozen=True)
class Filters:
    """What an auditor asked for; everything empty means all events. Days are UTC, both included.

    `person`: an id, a name, or a part of names. `object`: "board.Ballot:<id>", an id, or words of its name. `kind`: a
    model's label. `before`: only events with a smaller number, for an export that is itself an event.
    """

    person: str = ""
    app: str = ""
    verb: str = ""
    kind: str = ""
    object: str = ""
    outcome: str = ""
    origin: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    before: int | None = None


def page_of(viewer: Actor, filters: Filters, asked: QueryDict | None = None, *, size: int = 50) -> Page[Any]:
    """One page, newest first: of each event what is `SHOWN`. `asked` is the query string, which says which page."""
    asked = asked or QueryDict()
    if filters == Filters() and not withheld_from(viewer).events:
        return _every_event.page(viewer, asked=asked, size=size)
    return page_by_key(list(map(_shown, matching(viewer, filters))), asked, size=size)


@listed("-number")
def _every_event(_viewer: Actor) -> QuerySet[Any, Any]:
    return _shown(Event.objects.all())


def _shown(events: QuerySet[Event]) -> QuerySet[Any, Any]:
    return events.values_list(*SHOWN, named=True)


def everything(viewer: Actor, filters: Filters, *, piece: int = 1_000) -> Iterator[Event]:
    """All events that match, newest first, a piece at a time: the size of the log does not matter."""
    parts, asked = matching(viewer, filters), QueryDict()
    while True:
        page = page_by_key(parts, asked, size=piece)
        yield from page.rows
        if not page.older:
            return
        asked = QueryDict(page.older_url[1:])


def matching(viewer: Actor, filters: Filters) -> list[QuerySet[Event]]:
    """The events that match, as querysets to be read as one, each by its index."""
    found = _by_columns(filters)
    if hidden := withheld_from(viewer).events:
        found = found.exclude(number__in=hidden)
    words = " ".join(filter(None, [filters.words, "" if named(filters.object) else filters.object]))
    if filters.object and not named(filters.object):
        for word in filters.object.split():
            found = found.filter(target_label__icontains=word)
    by_name = bool(filters.person) and not _is_uuid(filters.person)
    wholly = by_name and CataloguedActor.objects.filter(name=filters.person).exists()
    alike = "exact" if wholly else "icontains"
    people = _named(filters.person, alike) if by_name else [Q()]
    if not words and not by_name:
        return [found]
    young = found.filter(number__in=not_catalogued().values("number"))
    if by_name:
        young = young.filter(**{f"actor_name__{alike}": filters.person})
    if words:
        asked = words_of(words)
        if not asked:
            return [Event.objects.none()]
        # Everybody at once: here the words lead, and people only narrow what they find.
        among = reduce(or_, people) if people else Q(pk__in=[])
        known = [found.filter(among, catalogued__words=every(asked))]
        said = RawSQL(WORDS.format("audit_event"), [], output_field=SearchVectorField())
        return [*known, young.alias(said=said).filter(said=every(asked))]
    return [*(found.filter(who) for who in people), young]


def _by_columns(filters: Filters) -> QuerySet[Event]:
    found = Event.objects.all()
    if filters.before is not None:
        found = found.filter(number__lt=filters.before)
    if _is_uuid(filters.person):
        found = found.filter(actor_id=filters.person)
    if filters.app:
        found = found.alias(app=APP_OF_VERB).filter(app=filters.app)
    if filters.kind:
        found = found.filter(target_type=filters.kind)
    if record := named(filters.object):
        kind, key = record
        kinds = {"target_type": kind} if kind else {"target_type__in": kinds_of_records()}
        found = found.filter(**kinds, target_id=key)
    for name in ("verb", "outcome", "origin"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    return found.filter(_within(filters.since, filters.until))


def _within(since: date | None, until: date | None) -> Q:
    """The period: exactly by time, and by the numbers around it, so that the walk begins and ends there."""
    found = Q()
    if since:
        start = datetime.combine(since, time(), UTC)
        found &= Q(at__gte=start)
        early = Event.objects.filter(at__lt=start - LONGEST_COMMAND).order_by("-at")
        if (low := early.values_list("number", flat=True).first()) is not None:
            found &= Q(number__gt=low)
    if until:
        end = datetime.combine(until + timedelta(days=1), time(), UTC)
        found &= Q(at__lt=end)
        late = Event.objects.filter(at__gte=end + LONGEST_COMMAND).order_by("at")
        if (high := late.values_list("number", flat=True).first()) is not None:
            found &= Q(number__lt=high)
    return found


def _named(text: str, alike: str) -> list[Q]:
    """Everybody of this name, or with this in it: each a condition of their own, served by an index in its order."""
    rows = CataloguedActor.objects.filter(**{f"name__{alike}": text}).order_by("name", "pk")
    people, processes = dict[UUID, None](), dict[str, None]()
    for actor_id, name in rows.values_list("actor_id", "name")[:MOST_NAMES]:
        if actor_id is None:
            processes[name] = None
        else:
            people[actor_id] = None
    return [*(Q(actor_id=key) for key in people), *(Q(actor_id=None, actor_name=name) for name in processes)]


def names_of_actors(limit: int = 200) -> list[str]:
    """Whose names the filter suggests: people first."""
    return list(dict.fromkeys(_names(limit).ask()))


@cache
def _names(limit: int) -> Prepared[str]:
    rows = CataloguedActor.objects.filter(actor_id__isnull=False).order_by("name")
    return Prepared(rows.values_list("name", flat=True)[:limit])


def name_of_actor(key: str) -> str:
    """Under which name somebody acted last; their id when they never did."""
    acted = Event.objects.filter(actor_id=key).order_by("-number") if _is_uuid(key) else Event.objects.none()
    return acted.values_list("actor_name", flat=True).first() or key


def kinds_of_records() -> list[str]:
    """The labels of the models that an event may be about."""
    return sorted(model._meta.label for model in apps.get_models())


def named(text: str) -> tuple[str, str] | None:
    """A record by its kind and id, or by its id alone."""
    kind, _, key = text.rpartition(":")
    return (kind, key) if _is_uuid(key) else None


def _is_uuid(text: Any) -> bool:
    try:
        UUID(text)
    except (TypeError, ValueError):
        return False
    return True
