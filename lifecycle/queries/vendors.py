"""Other organisations' models as the register lists them: one line per platform and id, paged by key."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.http import QueryDict

from core.paging import Page, page_of
from core.policies import Actor
from lifecycle import notice
from lifecycle.models import Fact, Notice
from lifecycle.queries.asof import AsOf
from lifecycle.stages import Kind, Stage, Statement, dates_as_of, stage_as_of, standing
from lifecycle.visibility import seen_by

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
class Catalogue:
    """Every notice there is, as far as putting them in order needs it, and the sources they came from."""

    lines: list["_Line"]
    sources: list[tuple[str, datetime]]

    @property
    def providers(self) -> list[str]:
        return sorted({line.provider for line in self.lines})


def catalogue(viewer: Actor | None) -> Catalogue:
    """One query for all the viewer may know of: the list, who offers, how new each source's newest copy is."""
    rows = Notice.objects.filter(seen_by(viewer, "deployment__ai_model__")).values_list(
        "pk", "provider", "model_id", "deployment_id", "withdrawn_at", "first_known_at",
        "source__name", "source__latest_known_at",
    )  # fmt: skip
    found = list(rows)
    sources = {(name, latest) for *_, name, latest in found if latest is not None}
    return Catalogue([_Line(*values[:6]) for values in found], sorted(sources))


def vendor_models(
    every: Catalogue, when: AsOf, asked: QueryDict, *, text: str = "", provider: str = "", stage: str = ""
) -> Page[VendorRow]:
    """The notices known by then that match: what ends soonest first, then what has no day, then what is over.

    `asked` is the query string, which says what page of them.
    """
    lines = [
        line
        for line in every.lines
        if line.first_known_at <= when.known
        and text.casefold() in line.model_id.casefold()
        and provider in ("", line.provider)
    ]
    facts, words = _statements((line.deployment for line in lines), when)
    if stage:
        lines = [
            line for line in lines if stage_as_of(facts[line.deployment], when.effective, when.known) == stage
        ]
    page = page_of(lines, asked, key=lambda line: _place(line, facts[line.deployment], when), size=SIZE)
    notices = Notice.objects.select_related("deployment__ai_model").in_bulk([line.pk for line in page.rows])
    listed = [_row(notices[line.pk], facts[line.deployment], words, when) for line in page.rows]
    return page.showing(listed)


class _Line(NamedTuple):
    """What is needed of every notice to choose and order them."""

    pk: UUID
    provider: str
    model_id: str
    deployment: UUID
    withdrawn_at: datetime | None
    first_known_at: datetime


def _place(line: _Line, facts: list[Statement], when: AsOf) -> tuple[int, int, str, str, str]:
    """Where a notice stands in the list; its key, by which the list is paged."""
    name = line.provider, line.model_id, str(line.pk)
    ends = dates_as_of(facts, when.known).get(Kind.RETIRES_ON)
    gone = line.withdrawn_at is not None and line.withdrawn_at <= when.known
    if ends is not None and ends >= when.effective and not gone:
        return 0, ends.toordinal(), *name
    if ends is None and not gone:
        return 1, 0, *name
    return 3 if gone else 2, -ends.toordinal() if ends else 0, *name


def _statements(
    deployments: Iterable[UUID], when: AsOf
) -> tuple[dict[UUID, list[Statement]], dict[UUID, str]]:
    """What was said of each deployment, and the replacement that stands for it."""
    found: dict[UUID, list[Statement]] = defaultdict(list)
    words: dict[UUID, str] = {}
    rows = (
        Fact.objects.filter(deployment_id__in=list(deployments))
        .order_by("known_from", "number")
        .values_list("deployment_id", "kind", "effective", "known_from", "source_id", "number", "value")
    )
    for deployment, kind, effective, known_from, source, number, value in rows:
        found[deployment].append(Statement(kind, effective, known_from, str(source), number))
        if kind == Kind.REPLACEMENT and known_from <= when.known:
            words[deployment] = value
    return found, words


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
