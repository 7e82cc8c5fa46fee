"""Other organisations' models as the register lists them: one line per platform and id, paged by key."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from lifecycle import notice
from lifecycle.models import Fact, Notice
from lifecycle.queries.asof import AsOf
from lifecycle.stages import Kind, Stage, Statement, dates_as_of, stage_as_of, standing

SIZE = 25


@dataclass(frozen=True)
class VendorRow:
    """One notice as of two dates."""

    notice: Notice
    slug: str
    stage: Stage
    announced: date | None
    retires: date | None
    replacement: str
    known: datetime | None
    url: str
    withdrawn: bool = False

    @property
    def notice_days(self) -> int | None:
        """Days of notice given; None when a date is missing or they are the wrong way round."""
        if self.announced is None or self.retires is None:
            return None
        try:
            return notice.days(self.announced, self.retires)
        except ValueError:
            return None

    @property
    def announced_late(self) -> bool:
        return bool(self.announced and self.retires and self.announced > self.retires)


@dataclass(frozen=True)
class VendorList:
    """A page of rows with the cursors before and after it, and how many rows there are in all."""

    rows: list[VendorRow]
    newer: str
    older: str
    first: int
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def providers() -> list[str]:
    return list(Notice.objects.order_by("provider").values_list("provider", flat=True).distinct())


def vendor_models(
    when: AsOf, *, text: str = "", provider: str = "", stage: str = "", cursor: str = ""
) -> VendorList:
    """The notices known by then that match, in order of platform and id."""
    matching = Q(first_known_at__lte=when.known)
    if text:
        matching &= Q(model_id__icontains=text) | Q(deployment__ai_model__name__icontains=text)
    if provider:
        matching &= Q(provider=provider)
    rows = Notice.objects.filter(matching).order_by("provider", "model_id")
    keys = list(rows.values_list("provider", "model_id", "pk", "deployment_id"))
    if stage:
        facts = _statements([deployment for *_, deployment in keys])
        keys = [key for key in keys if stage_as_of(facts[key[3]], when.effective, when.known) == stage]
    chosen, newer, older = _slice([f"{key[0]}/{key[1]}" for key in keys], cursor)
    on_page = [key[2] for key in keys[chosen]]
    notices = rows.filter(pk__in=on_page).select_related("deployment__ai_model", "source")
    facts = _statements([key[3] for key in keys[chosen]])
    words = _words([key[3] for key in keys[chosen]], when)
    listed = [_row(each, facts[each.deployment_id], words, when) for each in notices]
    return VendorList(listed, newer, older, chosen.start + 1, len(keys))


def _slice(keys: list[str], cursor: str) -> tuple[slice, str, str]:
    """The part of sorted keys that a cursor asks for, with the cursors before and after it."""
    direction, mark = cursor[:1], cursor[1:]
    start = 0
    if direction == "<":
        start = next((index for index, key in enumerate(keys) if key > mark), len(keys))
    elif direction == ">":
        before = next((index for index, key in enumerate(keys) if key >= mark), len(keys))
        start = max(before - SIZE, 0)
    end = min(start + SIZE, len(keys))
    newer = f">{keys[start]}" if 0 < start < len(keys) else ""
    older = f"<{keys[end - 1]}" if 0 < end < len(keys) else ""
    return slice(start, end), newer, older


def _statements(deployments: Iterable[UUID]) -> dict[UUID, list[Statement]]:
    found: dict[UUID, list[Statement]] = defaultdict(list)
    rows = Fact.objects.filter(deployment_id__in=list(deployments)).values_list(
        "deployment_id", "kind", "effective", "known_from", "source_id", "number"
    )
    for deployment, kind, effective, known_from, source, number in rows:
        found[deployment].append(Statement(kind, effective, known_from, str(source), number))
    return found


def _words(deployments: Iterable[UUID], when: AsOf) -> dict[UUID, str]:
    """The replacement that stands, per deployment."""
    rows = Fact.objects.filter(
        deployment_id__in=list(deployments), kind=Kind.REPLACEMENT, known_from__lte=when.known
    ).order_by("known_from", "number")
    return {row.deployment_id: row.value for row in rows if row.deployment_id}


def _row(each: Notice, facts: list[Statement], words: dict[UUID, str], when: AsOf) -> VendorRow:
    dates = dates_as_of(facts, when.known)
    known = [statement.known_from for statement in standing(facts, when.known).values()]
    return VendorRow(
        notice=each,
        slug=each.deployment.ai_model.slug,
        stage=stage_as_of(facts, when.effective, when.known),
        announced=dates.get(Kind.DEPRECATED_FROM),
        retires=dates.get(Kind.RETIRES_ON),
        replacement=words.get(each.deployment_id, ""),
        known=max(known, default=None),
        url=each.url,
        withdrawn=each.withdrawn_at is not None and each.withdrawn_at <= when.known,
    )
