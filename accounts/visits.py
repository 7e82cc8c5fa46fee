"""What changed since somebody was here: the line they have read up to, and the events beyond it, in sentences."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import Visit
from accounts.registry import news
from audit.models import Event
from core import clock
from core.policies import Actor
from core.prepared import Given, OneOf, written_once

#: A look this long after the last one is another visit.
APART = timedelta(hours=1)
#: What somebody sees who was never here.
AT_FIRST = timedelta(days=14)
RECORDS, LINES, EVENTS = 10, 2, 60
TOLD = ("verb", "actor_name", "target_type", "target_id", "target_label", "reason", "at")


@dataclass(frozen=True)
class Line:
    """One event: who did what."""

    at: datetime
    who: str
    sentence: str
    reason: str


@dataclass
class Changed:
    """What happened to one record, newest first; `further` counts what is not shown. `newest` is an event's TOLD."""

    newest: Any
    lines: list[Line] = field(default_factory=list)
    further: int = 0

    @property
    def label(self) -> str:
        return str(self.newest.target_label)

    @property
    def url(self) -> str:
        return news.get(self.newest.verb).url(self.newest.target_id)


@dataclass(frozen=True)
class News:
    """Everything new for one person. `since` None: the first visit. `upto` is the newest event they may be told of.

    Not the newest there is: its number would tell that something happened which is kept back from them.
    """

    since: datetime | None
    upto: int
    records: list[Changed]
    more: bool


def look(actor: Actor) -> News:
    """What is new for the actor. Notes the visit: the next one, an hour or more later, begins here."""
    verbs = _verbs_for(actor)
    after, since, upto = _visited(actor.id, verbs)
    limits: dict[str, Any] = {"after": after, "upto": upto, "verbs": verbs}
    if since is None:
        limits["earliest"] = clock.now() - AT_FIRST
    found = _events(actor, since is None, **limits)
    records: dict[tuple[str, str], Changed] = {}
    for event in found[:EVENTS]:
        record = records.setdefault((event.target_type, event.target_id), Changed(event))
        line = Line(event.at, event.actor_name, news.get(event.verb).sentence, event.reason)
        if any(
            (line.who, line.sentence, line.reason) == (one.who, one.sentence, one.reason)
            for one in record.lines
        ):
            continue  # the same again says nothing new
        if len(record.lines) < LINES:
            record.lines.append(line)
        else:
            record.further += 1
    shown = list(records.values())
    return News(since, upto, shown[:RECORDS], len(found) > EVENTS or len(shown) > RECORDS)


@written_once
def _events(actor: Actor, first_visit: bool) -> QuerySet[Event, Any]:
    """Others' events of some verbs, the newest first; one more than are told."""
    mine: Any = actor.id
    events = Event.objects.filter(
        OneOf("verb", Given("verbs")),
        number__gt=Given("after"),
        number__lte=Given("upto"),
        outcome=Event.Outcome.DONE,
    ).exclude(actor_id=mine)
    if first_visit:
        events = events.filter(at__gte=Given("earliest"))
    return events.order_by("-number").values_list(*TOLD, named=True)[: EVENTS + 1]


def mark_read(person_id: UUID, upto: int) -> None:
    """Everything up to this event has been read; later ones stay new."""
    newest = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
    read = min(upto, newest)
    Visit.objects.update_or_create(
        person_id=person_id,
        defaults={"since": read, "since_at": clock.now(), "here": read, "here_at": clock.now()},
    )


def _verbs_for(actor: Actor) -> list[str]:
    """The verbs whose events the actor may know of. Many verbs share one rule; each rule is asked once."""
    allowed = {rule: rule(actor) for rule in {told.seen for told in news.values()}}
    return [verb for verb, told in news.items() if allowed[told.seen]]


def _visited(person_id: UUID | None, verbs: list[str]) -> tuple[int, datetime | None, int]:
    """Notes a look; gives what to begin after, since when that is, and the newest event of `verbs`. One statement."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            # The page need not wait for the disk: a look that a crash forgets costs nobody anything.
            """with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
            insert into accounts_visit as v (person_id, since, since_at, here, here_at)
            select %(person)s, 0, null, coalesce(max(newest.number), 0), %(now)s
            from unhurried, unnest(%(verbs)s::text[]) as told (verb) cross join lateral (
              select number from audit_event where verb = told.verb order by number desc limit 1
            ) newest
            on conflict (person_id) do update set
              since = case when v.here_at < %(before)s then v.here else v.since end,
              since_at = case when v.here_at < %(before)s then v.here_at else v.since_at end,
              here = excluded.here, here_at = excluded.here_at
            returning since, since_at, here""",
            {"person": person_id, "now": now, "before": now - APART, "verbs": verbs},
        )
        since, since_at, here = cursor.fetchone()
    return int(since), since_at, int(here)
