"""One AI model as of two dates: its stage, every source's dates side by side, its platforms, its notice."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery

from core.policies import Actor
from lifecycle import notice
from lifecycle.models import AIModel, Commitment, Deployment, Effect, Fact, Suspension
from lifecycle.queries.asof import AsOf, in_days
from lifecycle.queries.ours import ENDS, Decided, counted, decided_of
from lifecycle.queries.suspensions import suspension_in_force
from lifecycle.stages import Kind, Stage, Statement, dates_as_of, stage_as_of, stage_of_ours
from lifecycle.visibility import hidden_cases, hidden_decisions, may_see_model, seen_by

SIGNS = {
    Kind.RELEASED: "active",
    Kind.LEGACY_FROM: "legacy",
    Kind.DEPRECATED_FROM: "deprecated",
    Kind.RETIRES_ON: "retired",
    Kind.RETIRED_ON: "retired",
    Kind.NOT_SOONER_THAN: "floor",
    Kind.ACCESS_CHANGE: "limited",
}
LABELS = {
    Kind.RELEASED: "Released",
    Kind.LEGACY_FROM: "Legacy",
    Kind.DEPRECATED_FROM: "Deprecated",
    Kind.RETIRES_ON: "Retires",
    Kind.RETIRED_ON: "Retired",
    Kind.NOT_SOONER_THAN: "Not sooner than",
    Kind.REPLACEMENT: "Replacement",
    Kind.ACCESS_CHANGE: "Access changes",
}


@dataclass(frozen=True)
class LifeRow:
    """One fact as a line of the timeline and of its table. `drawn` False: superseded, or another source disagrees."""

    day: date | None
    label: str
    sign: str
    known: datetime
    source: str
    source_url: str
    note: str = ""
    drawn: bool = True
    short: str = ""  # in the drawing, where the label is too long for it


@dataclass(frozen=True)
class Platform:
    """One deployment with its own dates."""

    deployment: Deployment
    stage: Stage
    announced: date | None
    retires: date | None

    @property
    def notice_days(self) -> int | None:
        if self.announced is None or self.retires is None or self.announced >= self.retires:
            return None
        return notice.days(self.announced, self.retires)

    @property
    def one_day(self) -> bool:
        """The source gives one day for announcement and end: no notice can be read from that."""
        return self.announced is not None and self.announced == self.retires

    @property
    def announced_late(self) -> bool:
        return bool(self.announced and self.retires and self.announced > self.retires)


@dataclass(frozen=True)
class Life:
    """All that a model's page says of it as of two dates."""

    ai_model: AIModel
    stage: Stage
    facts: list[Fact]
    rows: list[LifeRow]
    platforms: list[Platform]
    replacement: str
    waiting: list[Effect]
    promises: list[Commitment]
    disagreements: int
    decided: Effect | None
    when: AsOf
    suspension: Suspension | None  # in force then

    @property
    def next_effect(self) -> Effect | None:
        return self.waiting[0] if self.waiting else None

    @property
    def last_effect(self) -> Effect | None:
        """The end that has been decided and is still to come."""
        ends = [effect for effect in self.waiting if effect.to_stage in ENDS]
        return ends[0] if ends else None

    @property
    def days_left(self) -> int | None:
        return in_days(self.last_effect.due_on, self.when.effective) if self.last_effect else None

    @property
    def promised(self) -> str:
        return counted(Counter(each.state for each in self.promises))

    @property
    def own_platform(self) -> Platform | None:
        """The maker's own platform, or the only one there is."""
        own = [each for each in self.platforms if each.deployment.platform == self.ai_model.provider]
        return own[0] if own else self.platforms[0] if len(self.platforms) == 1 else None

    @property
    def retires(self) -> date | None:
        return self.own_platform.retires if self.own_platform else None

    @property
    def notice_given(self) -> int | None:
        return self.own_platform.notice_days if self.own_platform else None

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Notice promised and given, in words."""
        if self.decided is not None:
            return _decided_notice(self.decided)
        own = self.own_platform
        if own is None or own.retires is None:
            return []
        if own.announced_late:
            return [("Given", f"None: announced on {own.announced:%-d %b %Y}, after it ended")]
        return [("Given", _days(own.notice_days))] if own.notice_days is not None else []


def ai_model_to_show(slug: str, viewer: Actor | None) -> Any | None:
    """The model at an address, with its steward, the one before it, and name and address of the one after it.

    None where there is none that the viewer may know of.
    """
    after = AIModel.objects.filter(seen_by(viewer), succeeds=OuterRef("pk")).order_by("name")
    rows = AIModel.objects.select_related("steward", "succeeds").annotate(
        successor_slug=Subquery(after.values("slug")[:1]), successor_name=Subquery(after.values("name")[:1])
    )
    here = Deployment.objects.filter(ai_model=OuterRef("pk")).order_by().values("ai_model")
    rows = rows.annotate(platform_count=Subquery(here.annotate(number=Count("pk")).values("number")))
    found = rows.filter(seen_by(viewer), slug=slug).first()
    if found is not None and found.succeeds is not None and not may_see_model(viewer, found.succeeds):
        found.succeeds = None  # never saved: it is read for a page
    return found


def life_of(ai_model: AIModel, when: AsOf, viewer: Actor | None) -> Life:
    """The model as of two dates, without what comes of cases that are kept from the viewer."""
    decided = decided_of([ai_model.pk], viewer)
    facts = list(
        ai_model.facts.filter(known_from__lte=when.known)
        .select_related("source", "deployment")
        .order_by("known_from", "number")
    )
    if decided.withheld:
        unread = {f"/decisions/{number}/" for number in hidden_decisions(viewer)}
        facts = [fact for fact in facts if fact.url not in unread]
    platforms = _platforms(ai_model, facts, when)
    rows, disagreements = _rows(facts, when)
    replacements = [fact.value for fact in facts if fact.kind == Kind.REPLACEMENT]
    return Life(
        ai_model=ai_model,
        stage=_stage(ai_model, facts, platforms, decided, when),
        facts=facts,
        rows=rows,
        platforms=platforms,
        replacement=replacements[-1] if replacements else "",
        waiting=[each for each in decided.waiting if each.certificate.certified_at <= when.known],
        promises=list(
            ai_model.commitments.exclude(case__in=hidden_cases(viewer))
            .select_related("owner")
            .order_by("-number")
        ),
        disagreements=disagreements,
        decided=_decided_end(decided, when),
        when=when,
        suspension=suspension_in_force(ai_model.pk, when.instant) if ai_model.ours else None,
    )


def _decided_end(decided: Decided, when: AsOf) -> Effect | None:
    """The effect of the newest decision that ends the model, carried out or not."""
    known = [each for each in decided.effects if each.certificate.certified_at <= when.known]
    ends = [each for each in known if each.to_stage in ENDS]
    return max(ends, key=lambda each: each.certificate.certified_at, default=None)


def _decided_notice(effect: Effect) -> list[tuple[str, str]]:
    announced = effect.case.announced_on or effect.certificate.certified_at.date()
    promised = ("Promised", _days(effect.case.board.notice_days))
    if announced > effect.due_on:
        return [promised, ("Given", "None: announced afterwards")]
    return [promised, ("Given", _days(notice.days(announced, effect.due_on)))]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _statement(fact: Fact) -> Statement:
    return Statement(fact.kind, fact.effective, fact.known_from, str(fact.source_id), fact.number)


def _stage(
    ai_model: AIModel, facts: list[Fact], platforms: list[Platform], decided: Decided, when: AsOf
) -> Stage:
    """Ours: the last effect's. A vendor's: from its maker's own platform, else from the facts there are."""
    if ai_model.ours:
        return stage_of_ours(decided.by_model()[ai_model.pk], when.effective, when.known)
    own = [each for each in platforms if each.deployment.platform == ai_model.provider]
    if own:
        return own[0].stage
    return stage_as_of(map(_statement, facts), when.effective, when.known)


def _platforms(ai_model: AIModel, facts: list[Fact], when: AsOf) -> list[Platform]:
    by_deployment: dict[UUID, list[Statement]] = defaultdict(list)
    for fact in facts:
        if fact.deployment_id:
            by_deployment[fact.deployment_id].append(_statement(fact))
    found = []
    for deployment in _deployments(ai_model, facts):
        said = by_deployment[deployment.pk]
        dates = dates_as_of(said, when.known)
        stage = stage_as_of(said, when.effective, when.known)
        announced, retires = dates.get(Kind.DEPRECATED_FROM), dates.get(Kind.RETIRES_ON)
        found.append(Platform(deployment, stage, announced, retires))
    return found


def _deployments(ai_model: AIModel, facts: list[Fact]) -> list[Deployment]:
    """The model's deployments, in their order; not asked for where the facts bring them all."""
    brought = {fact.deployment.pk: fact.deployment for fact in facts if fact.deployment}
    if len(brought) == (getattr(ai_model, "platform_count", -1) or 0):
        return sorted(brought.values(), key=lambda each: (each.platform, each.name))
    return list(ai_model.deployments.all())


def _rows(facts: list[Fact], when: AsOf) -> tuple[list[LifeRow], int]:
    """Every fact, by its date; how many dates contradict another source's of the same kind."""
    latest = {(fact.kind, fact.source_id, fact.deployment_id): fact for fact in facts}
    stand = {fact.pk for fact in latest.values()}
    several = len({fact.deployment_id for fact in facts}) > 1
    ends = {
        (fact.deployment_id, fact.effective)
        for fact in facts
        if fact.kind == Kind.RETIRES_ON and fact.pk in stand
    }
    limits = {
        fact.locator
        for fact in facts
        if fact.kind == Kind.ACCESS_CHANGE and fact.locator and fact.pk in stand
    }
    drawn: dict[tuple[str, object], date | None] = {}
    rows, disagreements = [], 0
    for fact in facts:
        standing_now = fact.pk in stand
        place = (fact.kind, fact.deployment_id)
        over = fact.effective is not None and fact.effective <= when.effective
        row = _life_row(fact, standing_now, several, over=over)
        if fact.kind == Kind.RETIRES_ON and fact.locator in limits:
            row = replace(row, label=f"{'Retired' if over else 'Retires'}, then limited", sign="limited")
        one_day = (
            fact.kind in (Kind.DEPRECATED_FROM, Kind.ACCESS_CHANGE)
            and (fact.deployment_id, fact.effective) in ends
        )
        if not row.drawn or one_day:
            row = replace(row, drawn=False)
        elif place in drawn and drawn[place] != fact.effective:
            disagreements += 1
            row = replace(row, drawn=False, label=f"{row.label}, another source says")
        else:
            drawn[place] = fact.effective
        rows.append(row)
    return sorted(rows, key=lambda row: (row.day is None, row.day or date.max, row.known)), disagreements


def _life_row(fact: Fact, stands: bool, several: bool, *, over: bool) -> LifeRow:
    """`over`: the day named is past on the page's day, so that an announced end reads as one that came."""
    kind = Kind(fact.kind)
    label = LABELS[Kind.RETIRED_ON if kind == Kind.RETIRES_ON and over and stands else kind]
    if several and fact.deployment:
        label = f"{label} at {fact.deployment.platform}"
    short = label if kind == Kind.ACCESS_CHANGE and fact.value else ""
    if fact.value:
        label = f"{label}: {fact.value}"
    elif fact.effective is None:
        label = f"{label}: {'none named' if kind == Kind.REPLACEMENT else 'no date named'}"
    if not stands:
        label = f"{label} (replaced since)"
    draw = stands and fact.effective is not None and kind in SIGNS
    decision = fact.locator.startswith("Decision ")
    source = fact.locator if decision else ", ".join(filter(None, (fact.source.name, fact.locator)))
    note = "a floor" if kind == Kind.NOT_SOONER_THAN and draw else ""
    return LifeRow(
        fact.effective, label, SIGNS.get(kind, "open"), fact.known_from, source, fact.url, note, draw, short
    )
