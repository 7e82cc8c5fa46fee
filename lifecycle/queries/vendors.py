"""Other organisations' models as the register lists them: one line per platform and id, paged by key."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from lifecycle import notice
from lifecycle.models import Fact, Notice
from lifecycle.queries.asof import AsOf
from lifecycle.stages import Kind, Stage, Statement, dates_as_of, stage_as_of, standing

SIZE = 20


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
        """Days of notice given; None when a date is missing, one stands for both, or they are the wrong way round."""
        if self.announced is None or self.retires is None or self.announced >= self.retires:
            return None
        return notice.days(self.announced, self.retires)

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
    """The notices known by then that match: what ends soonest first, then what has no day, then what is over."""
    matching = Q(first_known_at__lte=when.known)
    if text:
        matching &= Q(model_id__icontains=text)
    if provider:
        matching &= Q(provider=provider)
    rows = Notice.objects.filter(matching)
    lines = [
        _Line(*values)
        for values in rows.values_list("pk", "provider", "model_id", "deployment_id", "withdrawn_at")
    ]
    facts = _statements(line.deployment for line in lines)
    if stage:
        lines = [
            line for line in lines if stage_as_of(facts[line.deployment], when.effective, when.known) == stage
        ]
    lines.sort(key=lambda line: _place(line, facts[line.deployment], when))
    chosen, newer, older = _slice([f"{line.provider}/{line.model_id}" for line in lines], cursor)
    on_page = lines[chosen]
    notices = rows.select_related("deployment__ai_model").in_bulk([line.pk for line in on_page])
    words = _words([line.deployment for line in on_page], when)
    listed = [_row(notices[line.pk], facts[line.deployment], words, when) for line in on_page]
    return VendorList(listed, newer, older, chosen.start + 1, len(lines))


class _Line(NamedTuple):
    """What is needed of every notice to put them in order."""

    pk: UUID
    provider: str
    model_id: str
    deployment: UUID
    withdrawn_at: datetime | None


def _place(line: _Line, facts: list[Statement], when: AsOf) -> tuple[int, int, str, str]:
    ends = dates_as_of(facts, when.known).get(Kind.RETIRES_ON)
    gone = line.withdrawn_at is not None and line.withdrawn_at <= when.known
    if ends is not None and ends >= when.effective and not gone:
        return 0, ends.toordinal(), line.provider, line.model_id
    if ends is None and not gone:
        return 1, 0, line.provider, line.model_id
    return 3 if gone else 2, -ends.toordinal() if ends else 0, line.provider, line.model_id


def _slice(keys: list[str], cursor: str) -> tuple[slice, str, str]:
    """The part of the list after or before the row that a cursor names, and the cursors beyond it.

    A cursor whose row is not in the list begins at the first page: it comes from the address line.
    """
    direction, mark = cursor[:1], cursor[1:]
    place = {key: index for index, key in enumerate(keys)}.get(mark)
    start = 0
    if place is not None:
        start = place + 1 if direction == "<" else max(place - SIZE, 0)
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
