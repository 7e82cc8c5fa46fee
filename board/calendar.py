"""When votes open and close: a month of them, and one person's as calendar entries. Never how anybody voted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from board.models import Ballot, Elector, Seat
from board.policies import id_of
from board.queries import ballots_to_list, secret_votes
from board.states import BallotState
from core.calendars import Entry
from core.policies import Actor, any_of
from mail.rendering import address_of

#: Votes that closed longer ago than this are no longer in a person's calendar.
KEPT = timedelta(days=180)
_SHOWN = (BallotState.OPEN, BallotState.CLOSED, BallotState.CERTIFIED, BallotState.RETURNED)


@dataclass(frozen=True)
class Day:
    """One day of the drawing: what closes on it and what opened, by the clock in UTC."""

    day: date
    inside: bool
    today: bool
    closing: list[Ballot] = field(default_factory=list)
    opening: list[Ballot] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """A month as it is drawn, Monday first, and as a list."""

    first: date
    weeks: list[list[Day]]
    ballots: list[Ballot]

    @property
    def before(self) -> str:
        return f"{(self.first - timedelta(days=1)):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{(self.first + timedelta(days=31)):%Y-%m}"


def month_named(text: str, today: date) -> date:
    """The first of a month given as "2026-11"; of this month for anything else, since it comes from the address."""
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return today.replace(day=1)
    return found if 1900 <= found.year <= 9990 else today.replace(day=1)


def month_of(first: date, today: date) -> Month:
    """The votes that open or close in the weeks of a month. One query."""
    start = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=31)).replace(day=1)
    end = after + timedelta(days=(-after.weekday()) % 7)
    span = (_midnight(start), _midnight(end))
    rows = (
        ballots_to_list().filter(state__in=_SHOWN).filter(Q(closes_at__range=span) | Q(opens_at__range=span))
    )
    ballots = list(rows.order_by("closes_at", "pk"))
    closing, opening = _by_day(ballots)
    days = [
        Day(day, day.month == first.month, day == today, closing[day], opening[day])
        for day in (start + timedelta(days=step) for step in range((end - start).days))
    ]
    return Month(
        first,
        [days[at : at + 7] for at in range(0, len(days), 7)],
        [ballot for ballot in ballots if first <= ends_at(ballot).date() < after],
    )


def ends_at(ballot: Ballot) -> datetime:
    """When counting stopped or will stop."""
    return ballot.counts_until or ballot.closes_at


def entries_for(actor: Actor, now: datetime) -> list[Entry]:
    """One person's votes as calendar entries: those on whose roll they are, and those they keep as secretary.

    Others may read a calendar along: a recusal takes nothing out of it while the vote is secret.
    """
    known = Q(recusal__isnull=True) | Q(ballot__in=[vote.ballot_id for vote in secret_votes()])
    mine = Elector.objects.filter(known, ballot=OuterRef("pk"), person_id=id_of(actor), departed_at=None)
    ballots = Q(Exists(mine))
    if any_of(actor, "secretary"):
        seats = Seat.objects.filter(person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None)
        ballots |= Q(motion__board__in=seats.values("board"))
    rows = ballots_to_list().filter(ballots, state__in=_SHOWN, closes_at__gt=now - KEPT)
    return [entry_of(ballot) for ballot in rows.order_by("closes_at", "pk")]


def entry_of(ballot: Ballot) -> Entry:
    """The close of one vote. A later close, after an extension, moves the same entry."""
    return Entry(
        key=f"ballot-{ballot.pk}",
        title=f"Vote closes: {ballot.motion.title}",
        at=ends_at(ballot),
        made_at=ballot.opens_at,
        url=address_of(reverse("board:ballot", args=[ballot.pk])),
        text=f"{ballot.motion.board.name}, round {ballot.round}. A vote at this very minute is late.",
        moved=max(0, int((ballot.closes_at - ballot.opens_at).total_seconds()) // 60),
    )


def _by_day(ballots: Iterable[Ballot]) -> tuple[dict[date, list[Ballot]], dict[date, list[Ballot]]]:
    closing: dict[date, list[Ballot]] = defaultdict(list)
    opening: dict[date, list[Ballot]] = defaultdict(list)
    for ballot in ballots:
        closing[ends_at(ballot).astimezone(UTC).date()].append(ballot)
        opening[ballot.opens_at.astimezone(UTC).date()].append(ballot)
    return closing, opening


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
