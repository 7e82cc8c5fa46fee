"""How much happened when, by app: for a drawing to look at and to go into. Counted ahead, so that a million is quick.

The counts are the catalogue's, one row per day and verb, and what is too young for it. Not here: who sees which
page (views.py), the drawing itself (templates/audit/_days.html).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import TruncDate

from audit.catalogue import not_catalogued
from audit.models import CataloguedDay, Event
from audit.timeline import Filters
from audit.withholding import withheld_from
from core import clock
from core.policies import Actor

MOST_DAYS, MOST_MONTHS = 62, 36
HEIGHT = 28
"""Of one app's row of bars, px."""


@dataclass(frozen=True)
class Span:
    """One column: a day, a month or a year. `since` and `until` are days, both included."""

    since: date
    until: date

    @property
    def label(self) -> str:
        if self.since == self.until:
            return f"{self.since:%-d %b %Y}"
        return f"{self.since:%b %Y}" if (self.until - self.since).days < 31 else f"{self.since:%Y}"


@dataclass(frozen=True)
class Bar:
    """How many events of one app there were in a span; `height` of HEIGHT px, never 0 where there is one."""

    span: Span
    count: int
    height: int
    x: str
    width: str

    @property
    def y(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True)
class Strip:
    """One app's bars, and their sum."""

    app: str
    bars: tuple[Bar, ...]
    total: int


@dataclass(frozen=True)
class Days:
    """The drawing with its table. `unit`: "day", "month" or "year"; `wider`: the period around, None at its widest."""

    unit: str
    spans: tuple[Span, ...]
    strips: tuple[Strip, ...]
    wider: Span | None

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def table(self) -> list["Row"]:
        """The same, newest first, without the spans in which nothing happened."""
        rows = [
            Row(span, tuple(strip.bars[at].count for strip in self.strips))
            for at, span in enumerate(self.spans)
        ]
        return [row for row in reversed(rows) if any(row.counts)]


@dataclass(frozen=True)
class Row:
    """A line of the table: a span and its counts, one per strip."""

    span: Span
    counts: tuple[int, ...]


def days_of(viewer: Actor, filters: Filters) -> Days | None:
    """The drawing of a period, of all its events or of one app's or one verb's; None when there were none.

    Other filters do not narrow it: counting by person or record would mean reading every event.
    """
    first, last = _ends()
    if first is None:
        return None
    since, until = max(filters.since or first, first), min(filters.until or last, last)
    if since > until:
        return None
    unit, spans = _spans(since, until)
    counts = _counts(viewer, filters, since, until)
    if not counts:
        return None
    place = {day: at for at, span in enumerate(spans) for day in _days(span)}
    sums: dict[str, Counter[int]] = {}
    for (day, verb), count in counts.items():
        sums.setdefault(verb.partition(".")[0], Counter())[place[day]] += count
    most = max(max(row.values()) for row in sums.values())
    strips = [Strip(app, _bars(spans, row, most), row.total()) for app, row in sorted(sums.items())]
    chosen = bool(filters.since or filters.until)
    return Days(unit, tuple(spans), tuple(strips), _wider(since, until, first, last) if chosen else None)


def _ends() -> tuple[date | None, date]:
    today = clock.now().astimezone(UTC).date()
    ends = CataloguedDay.objects.aggregate(first=Min("day"), last=Max("day"))
    young = not_catalogued().aggregate(first=Min("at"), last=Max("at"))
    firsts = [ends["first"], young["first"] and young["first"].date()]
    lasts = [ends["last"], young["last"] and young["last"].date(), today]
    return min(filter(None, firsts), default=None), max(filter(None, lasts))


def _counts(viewer: Actor, filters: Filters, since: date, until: date) -> Counter[tuple[date, str]]:
    """Events per day and verb: those of the catalogue, plus the young, less what is kept from the viewer."""
    rows = CataloguedDay.objects.filter(day__gte=since, day__lte=until)
    start, end = (datetime.combine(day, time(), UTC) for day in (since, until + timedelta(days=1)))
    young = not_catalogued().filter(at__gte=start, at__lt=end)
    hidden = withheld_from(viewer).events
    kept = (
        Event.objects.filter(number__in=hidden, at__gte=start, at__lt=end) if hidden else Event.objects.none()
    )
    if filters.app or filters.verb:
        asked = Q(verb=filters.verb) if filters.verb else Q()
        asked &= Q(verb__startswith=f"{filters.app}.") if filters.app else Q()
        rows, young, kept = rows.filter(asked), young.filter(asked), kept.filter(asked)
    counts: Counter[tuple[date, str]] = Counter()
    for day, verb, entries in rows.values_list("day", "verb").annotate(entries=Sum("entries")):
        counts[day, verb] += entries
    for sign, found in ((1, young), (-1, kept)):
        by_day = found.order_by().annotate(day=TruncDate(F("at"), tzinfo=UTC)).values_list("day", "verb")
        for day, verb, entries in by_day.annotate(entries=Count("pk")):
            counts[day, verb] += sign * entries
    return +counts


def _spans(since: date, until: date) -> tuple[str, list[Span]]:
    """Days, or months, or years: as fine as can still be told apart."""
    if (until - since).days < MOST_DAYS:
        return "day", [Span(day, day) for day in _days(Span(since, until))]
    months = list(_months(since, until))
    if len(months) <= MOST_MONTHS:
        return "month", months
    years = range(since.year, until.year + 1)
    return "year", [Span(date(year, 1, 1), date(year, 12, 31)) for year in years]


def _days(span: Span) -> list[date]:
    return [span.since + timedelta(days=count) for count in range((span.until - span.since).days + 1)]


def _months(since: date, until: date) -> list[Span]:
    found, start = [], since.replace(day=1)
    while start <= until:
        following = (start + timedelta(days=31)).replace(day=1)
        found.append(Span(start, following - timedelta(days=1)))
        start = following
    return found


def _bars(spans: list[Span], counts: Counter[int], most: int) -> tuple[Bar, ...]:
    step = 100 / len(spans)
    gap = min(step * 0.2, 0.5)
    return tuple(
        Bar(
            span,
            counts[at],
            max(2, round(HEIGHT * counts[at] / most)) if counts[at] else 0,
            f"{at * step:.3f}%",
            f"{min(step - gap, 6):.3f}%",
        )
        for at, span in enumerate(spans)
    )


def _wider(since: date, until: date, first: date, last: date) -> Span | None:
    """The month around some days, the year around months, and then everything."""
    month, year = _months(since, until), Span(date(since.year, 1, 1), date(until.year, 12, 31))
    around = Span(month[0].since, month[-1].until) if (until - since).days < 27 else year
    return around if around.since > first or around.until < last else None
