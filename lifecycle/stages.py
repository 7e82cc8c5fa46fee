"""The stages of a model's life, vendors' words for them, and the stage computed from facts as of two dates.

Pure: no ORM. Not here: how a stage of *our* models changes (`steps.change_stage`, by a decision only).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices


class Stage(TextChoices):
    """Our words, in the order of a life."""

    ACTIVE = "active", "Active"
    LEGACY = "legacy", "Legacy"
    DEPRECATED = "deprecated", "Deprecated"
    RETIRED = "retired", "Retired"
    LIMITED = "limited", "Limited"
    REMOVED = "removed", "Removed"


MAPPING_VERSION = 1

_WORDS: Mapping[str, Mapping[str, Stage]] = MappingProxyType(
    {
        "Anthropic": {
            "active": Stage.ACTIVE,
            "legacy": Stage.LEGACY,
            "deprecated": Stage.DEPRECATED,
            "retired": Stage.RETIRED,
        },
        "OpenAI": {
            "active": Stage.ACTIVE,
            "legacy": Stage.LEGACY,
            "deprecated": Stage.DEPRECATED,
            "shutdown": Stage.RETIRED,
            "sunset": Stage.RETIRED,
        },
        "AWS Bedrock": {"active": Stage.ACTIVE, "legacy": Stage.LEGACY, "eol": Stage.RETIRED},
        "Azure": {
            "preview": Stage.ACTIVE,
            "ga": Stage.ACTIVE,
            "generally available": Stage.ACTIVE,
            "legacy": Stage.LEGACY,
            "deprecated": Stage.DEPRECATED,
            "retired": Stage.RETIRED,
        },
        "IBM watsonx": {
            "available": Stage.ACTIVE,
            "deprecated": Stage.DEPRECATED,
            "constricted": Stage.DEPRECATED,
            "withdrawn": Stage.RETIRED,
        },
    }
)


def of_word(platform: str, word: str) -> Stage | None:
    """Our stage for a vendor's own word, by version 1 of the mapping; None for a word it does not know.

    Sources: the lifecycle pages of Anthropic, OpenAI, Amazon Bedrock, Microsoft Foundry and IBM watsonx.ai.
    """
    return _WORDS.get(platform, {}).get(" ".join(word.lower().split()))


class Kind(StrEnum):
    """What a lifecycle fact speaks of."""

    RELEASED = "released"
    LEGACY_FROM = "legacy_from"
    DEPRECATED_FROM = "deprecated_from"
    RETIRES_ON = "retires_on"
    RETIRED_ON = "retired_on"
    NOT_SOONER_THAN = "not_sooner_than"
    REPLACEMENT = "replacement"
    ACCESS_CHANGE = "access_change"


@dataclass(frozen=True)
class Statement:
    """What one source says of one kind. `effective` None: it names no date, or no longer does.

    `known_from` is when we came to know; of two with the same instant the higher `order` is the later.
    """

    kind: str
    effective: date | None
    known_from: datetime
    source: str = ""
    order: int = 0


def end_of(day: date) -> datetime:
    """The last instant of a day in UTC: 'known on 3 March' includes what was learned that afternoon."""
    return datetime.combine(day, time.max, tzinfo=UTC)


def standing(statements: Iterable[Statement], known: datetime) -> dict[tuple[str, str], Statement]:
    """By (kind, source), the statement each source had last made by then. Later ones supersede."""
    latest: dict[tuple[str, str], Statement] = {}
    for statement in sorted(statements, key=lambda each: (each.known_from, each.order)):
        if statement.known_from <= known:
            latest[statement.kind, statement.source] = statement
    return latest


def dates_as_of(statements: Iterable[Statement], known: datetime) -> dict[str, date]:
    """Per kind the one date a stage is computed from: of what stands, what we learned last.

    A page shows every source's date; only the stage needs one of them.
    """
    chosen: dict[str, date] = {}
    for statement in sorted(
        standing(statements, known).values(), key=lambda s: (s.known_from, s.order, s.source)
    ):
        if statement.effective is not None:
            chosen[statement.kind] = statement.effective
    return chosen


@dataclass(frozen=True)
class Change:
    """A stage of ours that a decision brought, or will bring: on its day, known from when it was decided."""

    to_stage: str
    on: date
    known_from: datetime


def stage_of_ours(changes: Iterable[Change], effective: date, known: datetime) -> Stage:
    """The stage of a model of ours on a day: active until a decision we knew of by then made it something else."""
    stage = Stage.ACTIVE
    for change in sorted(changes, key=lambda each: (each.on, each.known_from)):
        if change.on <= effective and change.known_from <= known:
            stage = Stage(change.to_stage)
    return stage


def stage_as_of(statements: Iterable[Statement], effective: date, known: datetime) -> Stage:
    """The stage on a day as far as was known at an instant. A floor ("not sooner than") decides nothing.

    An end date that stands makes a model deprecated from its announcement on; where no announcement is dated
    before that end (some sources give one day for both), from when we knew of it.
    """
    dates = dates_as_of(statements, known)
    ended = [dates[kind] for kind in (Kind.RETIRED_ON, Kind.RETIRES_ON) if kind in dates]
    if ended and ended[0] <= effective:
        limited = dates.get(Kind.ACCESS_CHANGE)
        return Stage.LIMITED if limited and ended[0] <= limited <= effective else Stage.RETIRED
    announced = dates.get(Kind.DEPRECATED_FROM)
    if ended and (announced is None or announced >= ended[0]):
        return Stage.DEPRECATED
    if announced is not None and announced <= effective:
        return Stage.DEPRECATED
    legacy = dates.get(Kind.LEGACY_FROM)
    return Stage.LEGACY if legacy is not None and legacy <= effective else Stage.ACTIVE
