"""Our models as the register shows them: stage, what comes next, promises."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Person, RoleGrant
from core import clock
from core.policies import Actor
from core.prepared import Given, OneOf, Prepared
from lifecycle.models import AIModel, Commitment, Effect, Fact, StageChange
from lifecycle.queries.asof import AsOf, in_days
from lifecycle.registry import columns
from lifecycle.stages import Change, Kind, Stage, stage_of_ours
from lifecycle.states import CommitmentState, EffectState
from lifecycle.visibility import hidden_cases, is_shown, seen_by

ENDS = (Stage.RETIRED, Stage.LIMITED, Stage.REMOVED)
#: What ends soonest first, then by name.
SOONEST = ("ends", "name", "pk")


@dataclass(frozen=True)
class Next:
    """What comes next for a model: an effect that waits, a floor, or the last change."""

    kind: str
    day: date
    days: int
    decision: str = ""


@dataclass(frozen=True)
class OurRow:
    """One line of the table of our models."""

    ai_model: AIModel
    stage: Stage
    next: Next | None
    promises: Mapping[str, int]
    columns: Sequence[str] = field(default_factory=tuple)
    hidden: bool = False  # from the public

    @property
    def promised(self) -> str:
        return counted(self.promises)


def counted(promises: Mapping[str, int]) -> str:
    """ "2 kept, 1 broken, 3 open"; "" when there is none."""
    order = (CommitmentState.KEPT, CommitmentState.BROKEN, CommitmentState.OPEN, CommitmentState.RELEASED)
    return ", ".join(f"{promises[state]} {state.label.lower()}" for state in order if promises.get(state))


@dataclass(frozen=True)
class Decided:
    """What decisions did, and will do, to some models. `withheld`: cases that are kept from the viewer.

    `effects` is without theirs; `changes` has them, for a stage is public with its model.
    """

    changes: list[StageChange]
    effects: list[Effect]
    withheld: frozenset[UUID] = frozenset()

    @property
    def waiting(self) -> list[Effect]:
        return [effect for effect in self.effects if effect.state == EffectState.WAITING]

    def by_model(self) -> dict[UUID, list[Change]]:
        """Changes by model. One that waits counts from its day on, and is known since it was certified."""
        found: dict[UUID, list[Change]] = defaultdict(list)
        for change in self.changes:
            found[change.ai_model_id].append(Change(change.to_stage, change.at.date(), change.at))
        for effect in self.waiting:
            certified = effect.certificate.certified_at
            found[effect.ai_model_id].append(Change(effect.to_stage, effect.due_on, certified))
        return found


def decided_of(ai_models: Iterable[UUID], viewer: Actor | None) -> Decided:
    """Stage changes in their order, and effects that no later decision replaced, by their day, for a viewer."""
    withheld = frozenset(hidden_cases(viewer).values_list("pk", flat=True))
    effects = _effects_of().ask(ai_models=list(ai_models))
    changes = []
    for effect in effects:
        if change := getattr(effect, "stage_change", None):
            change.certificate = effect.certificate  # a change rests on the decision of its effect
            changes.append(change)
    told = [effect for effect in effects if effect.case_id not in withheld]
    return Decided(sorted(changes, key=lambda each: each.number), told, withheld)


@cache
def _effects_of() -> Prepared[Effect]:
    rows = Effect.objects.filter(OneOf("ai_model", Given("ai_models"))).exclude(state=EffectState.REPLACED)
    rows = rows.select_related("certificate", "case__board", "stage_change").defer(
        "certificate__document", "certificate__disclosures"
    )
    return Prepared(rows.order_by("due_on"))


def ending(when: AsOf, viewer: Actor | None) -> QuerySet[Effect]:
    """The decided ends of our models that are still to come and that the viewer may know of, the next one first."""
    rows = Effect.objects.filter(
        seen_by(viewer, "ai_model__"),
        ai_model__ours=True,
        state=EffectState.WAITING,
        to_stage__in=ENDS,
        certificate__certified_at__lte=when.known,
    )
    return rows.exclude(case__in=hidden_cases(viewer)).order_by("due_on", "pk")


@dataclass(frozen=True)
class Ending:
    """The end of a model of ours that comes first, in how many days, and how many models end."""

    first: Effect
    days: int
    models: int


def ending_first(when: AsOf, viewer: Actor | None) -> Ending | None:
    """What the register begins with, if any model of ours is ending. One query."""
    found = list(
        ending(when, viewer)
        .select_related("ai_model", "certificate")
        .defer("certificate__document", "certificate__disclosures")
    )
    if not found:
        return None
    models = {effect.ai_model_id for effect in found}
    return Ending(found[0], in_days(found[0].due_on, when.effective), len(models))


def our_models(when: AsOf, viewer: Actor | None) -> QuerySet[AIModel]:
    """Our models known by then that the viewer may know of; in the order SOONEST those that end first.

    Each with what else `our_rows` tells of it: the floor its sources name, the states of its promises; and `held`,
    how many there are of all.
    """
    ends = ending(when, viewer).filter(ai_model=OuterRef("pk")).values("due_on")[:1]
    floors = Fact.objects.filter(
        ai_model=OuterRef("pk"),
        kind=Kind.NOT_SOONER_THAN,
        effective__isnull=False,
        known_from__lte=when.known,
    ).order_by("-known_from", "-number")
    promises = Commitment.objects.filter(ai_model=OuterRef("pk")).exclude(case__in=hidden_cases(viewer))
    states = promises.order_by().values("ai_model").annotate(states=ArrayAgg("state")).values("states")
    known = AIModel.objects.filter(seen_by(viewer), ours=True, registered_at__lte=when.known)
    held = known.order_by().values("ours").annotate(number=Count("pk")).values("number")
    return known.annotate(
        held=Subquery(held),
        ends=Coalesce(Subquery(ends), Value(date.max)),
        floor=Subquery(floors.values("effective")[:1]),
        promise_states=Subquery(states),
    )


def our_rows(ai_models: Sequence[AIModel], when: AsOf, viewer: Actor | None) -> list[OurRow]:
    """What the table says of each of these models, a page of `our_models`. Few queries, however many there are."""
    now = clock.now()
    keys = [each.pk for each in ai_models]
    decided = decided_of(keys, viewer)
    changes = decided.by_model()
    nexts = _nexts(ai_models, decided, when)
    further = [column(ai_models) for column in columns.values()]
    return [
        OurRow(
            each,
            stage_of_ours(changes[each.pk], when.effective, when.known),
            nexts.get(each.pk),
            Counter(each.promise_states or ()),  # type: ignore[attr-defined]
            [column.get(each.pk, "") for column in further],
            hidden=not is_shown(each, now),
        )
        for each in ai_models
    ]


def _nexts(ai_models: Sequence[Any], decided: Decided, when: AsOf) -> dict[UUID, Next]:
    """Per model: the next effect that waits, else a floor its sources name, else its last change."""
    found: dict[UUID, Next] = {}
    for change in decided.changes:
        if change.at <= when.known:
            day = change.at.date()
            number = "" if change.effect.case_id in decided.withheld else change.certificate.number
            found[change.ai_model_id] = Next("since", day, in_days(day, when.effective), number)
    for each in ai_models:
        if each.floor is not None and each.pk not in found:
            found[each.pk] = Next("floor", each.floor, in_days(each.floor, when.effective))
    for effect in reversed(decided.waiting):
        if effect.certificate.certified_at <= when.known:
            kind = "ends" if effect.to_stage in ENDS else effect.to_stage
            days = in_days(effect.due_on, when.effective)
            found[effect.ai_model_id] = Next(kind, effect.due_on, days, effect.certificate.number)
    return found


def promises_lately(viewer: Actor | None, count: int = 3) -> list[Commitment]:
    """Promises the viewer may know of, by what last happened to them: ended ones first, then the newest."""
    rows = Commitment.objects.filter(seen_by(viewer, "ai_model__"), ai_model__ours=True)
    rows = rows.exclude(case__in=hidden_cases(viewer)).select_related("ai_model", "owner")
    return list(rows.order_by(F("ended_at").desc(nulls_last=True), "-number")[:count])


def stewards(ai_model: AIModel) -> QuerySet[Person]:
    """Who may be named steward of a model: those who hold the role now, and who is named already."""
    now = clock.now()
    grants = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now),
        person=OuterRef("pk"),
        role="steward",
        starts_at__lte=now,
        revoked_at=None,
    )
    holds = Q(Exists(grants), active=True)
    named = Q(pk=ai_model.steward_id) if ai_model.steward_id else Q()
    return Person.objects.filter(holds | named).order_by("name")
