"""Reading control tests: their populations, samples and counts; the findings, and what waits for whom."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from audit.models import Checkpoint, Leaf, TrackedModel
from audit.publishing import published
from audit.registry import Population, describe, populations
from audit.withholding import may_see, withheld_from
from controls.models import ControlTest, Finding, SampleItem
from controls.policies import KEEPERS
from controls.states import ControlState, FindingState, Result
from core import clock
from core.policies import Actor, any_of

SOON = timedelta(days=14)
Members = list[tuple[str, str]]


def tests_to_list() -> QuerySet[Any]:
    """Newest first, each with how many records it has to judge, has judged, and how many were exceptions."""
    return (
        ControlTest.objects.select_related("frozen")
        .defer("frozen__members")
        .annotate(
            sampled=Count("items"),
            judged=Count("items", filter=~Q(items__result="")),
            exceptions=Count("items", filter=Q(items__result=Result.EXCEPTION)),
        )
    )


def members_of(population: Population, since: date, until: date, most: int) -> Members:
    """Id and name of every record of the period, by id; at most one more than `most`."""
    field = population.rows.model._meta.get_field(population.by)
    first, last = (since, until) if field.get_internal_type() == "DateField" else _instants(since, until)
    rows = population.rows.filter(**{f"{population.by}__gte": first, f"{population.by}__lte": last})
    label = describe.get(population.model).label
    return [(str(row.pk), label(row)[:200]) for row in rows.order_by("pk")[: most + 1]]


def _instants(since: date, until: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the last moment of the last, UTC."""
    return datetime.combine(since, time.min, UTC), datetime.combine(until, time.max, UTC)


def sealing_checkpoint(entry: int | None) -> Checkpoint | None:
    """The first checkpoint that seals this entry; None while there is none, or it is not published."""
    leaf = Leaf.objects.filter(event_id=entry).first() if entry is not None else None
    if leaf is None:
        return None
    return published().filter(size__gt=leaf.index).order_by("size").first()


def record_of(item: SampleItem) -> TrackedModel | None:
    """The record a sampled item stands for; None where it is gone."""
    population = populations.get(item.test.population)
    found: TrackedModel | None = population.rows.model._default_manager.filter(pk=item.record_id).first()
    return found


@dataclass(frozen=True)
class Sampled:
    """An item as it is listed: its record's name and page as this viewer may know them."""

    item: SampleItem
    label: str
    url: str


def sampled(viewer: Actor, test: ControlTest, items: list[SampleItem]) -> list[Sampled]:
    """The items with where their records are. A record the viewer may not know of is called by its number."""
    population = populations.get(test.population)
    kept, description = withheld_from(viewer), describe.get(population.model)
    rows = {row.pk: row for row in population.rows.filter(pk__in=[item.record_id for item in items])}
    found = []
    for item in items:
        row = rows.get(item.record_id)
        seen = row is not None and may_see(viewer, row, kept)
        found.append(
            Sampled(
                item,
                item.record_label if seen or row is None else f"Record {str(item.record_id)[:8]}",
                description.url(row) if seen else "",
            )
        )
    return found


def next_to_judge(test_id: UUID, after: int = 0) -> SampleItem | None:
    """The next item nobody has judged, beginning anew after the last."""
    rows = SampleItem.objects.filter(test_id=test_id, result="").order_by("rank")
    return rows.filter(rank__gt=after).first() or rows.first()


def findings_to_list(state: str = "") -> QuerySet[Finding]:
    rows = Finding.objects.select_related("test", "owner")
    return rows.filter(state=state) if state else rows


def findings_to_answer(actor: Actor) -> QuerySet[Finding] | None:
    """Open ones for the management; and for whoever owns one, what they have promised and is due soon."""
    if actor.id is None:
        return None
    mine = Q(state=FindingState.ANSWERED, owner_id=actor.id, due_on__lte=clock.today() + SOON)
    if any_of(actor, *KEEPERS):
        mine |= Q(state=FindingState.OPEN) & ~Q(raised_by_id=actor.id)
    return Finding.objects.filter(mine).order_by("answer_by", "number")


def findings_to_follow_up(actor: Actor) -> QuerySet[Finding] | None:
    """Answered ones whose day has come, for auditors."""
    if not any_of(actor, "auditor"):
        return None
    rows = Finding.objects.filter(state=FindingState.ANSWERED, due_on__lte=clock.today())
    return rows.exclude(owner_id=actor.id).order_by("due_on", "number")


def tests_in_hand(actor: Actor) -> QuerySet[ControlTest] | None:
    """Tests whose sample is drawn and not all judged, for auditors."""
    if not any_of(actor, "auditor"):
        return None
    rows = ControlTest.objects.filter(state=ControlState.DRAWN, items__result="")
    return rows.distinct().order_by("number")


def tests_by_population() -> dict[str, list[ControlTest]]:
    """The last tests that were carried out or are under way, at most three of each population. One query."""
    place = Window(RowNumber(), partition_by=F("population"), order_by=F("number").desc())
    rows = ControlTest.objects.exclude(state=ControlState.DROPPED).annotate(place=place).filter(place__lte=3)
    found: dict[str, list[ControlTest]] = {}
    for test in rows.order_by("-number"):
        found.setdefault(test.population, []).append(test)
    return found
