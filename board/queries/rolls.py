"""The roll of a ballot as it stands at an instant: who is on it, and what each has said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from board.models import (
    Ballot,
    CastingVote,
    Elector,
    Position,
    PositionAnswer,
    Recusal,
    Seat,
)
from board.roll import Line, Recused, Roll, Stance, status_of
from board.states import BallotState
from board.tally import Casting
from core.prepared import Given, OneOf, Prepared


def roll_of(ballot: Ballot, at: datetime, electors: Iterable[Elector] | None = None) -> Roll:
    """The roll as it is counted at an instant; after the close, as it was when counting stopped.

    `electors`: what `electors_of` gave, where a page has asked it already.
    """
    until = min(at, ballot.counts_until or ballot.closes_at)
    stances: dict[UUID, list[Stance]] = defaultdict(list)
    # Two conditions: at `closes_at` exactly is late, while an early close counts what stood when it came.
    for row in _positions().filter(ballot=ballot, taken_at__lt=ballot.closes_at, taken_at__lte=until):
        stances[row.elector_id].append(_stance(row, until))
    lines = tuple(_line(ballot, row, stances[row.pk], until) for row in electors or electors_of(ballot))
    return Roll(lines, casting=_casting(ballot))


def _positions() -> QuerySet[Position]:
    """Positions in order, each with its renewal and with what the member answered."""
    return Position.objects.select_related("renewal", "answer").order_by("number")


def _casting(ballot: Ballot) -> Casting | None:
    """The chair's casting vote, asked for only where the rules know one and the vote is over."""
    if ballot.state == BallotState.OPEN or not ballot.arithmetic.casting_vote:
        return None
    cast = CastingVote.objects.filter(ballot=ballot).values_list("position", flat=True).first()
    return "approve" if cast == "approve" else "reject" if cast == "reject" else None


def rolls_of(ballots: Sequence[Ballot], at: datetime) -> dict[UUID, Roll]:
    """The rolls of several open ballots as counted at an instant. Two queries, however many there are."""
    by_key = {ballot.pk: ballot for ballot in ballots}
    positions, electors = _of_several()
    stances: dict[UUID, list[Stance]] = defaultdict(list)
    for row in positions.ask(ballots=list(by_key), at=at):
        if row.taken_at < by_key[row.ballot_id].closes_at:
            stances[row.elector_id].append(_stance(row, at))
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for elector in electors.ask(ballots=list(by_key)):
        ballot = by_key[elector.ballot_id]
        lines[ballot.pk].append(_line(ballot, elector, stances[elector.pk], min(at, ballot.closes_at)))
    return {key: Roll(tuple(lines[key])) for key in by_key}


@cache
def _of_several() -> tuple[Prepared[Position], Prepared[Elector]]:
    """The positions until an instant, and the electors, of some ballots."""
    theirs = OneOf("ballot", Given("ballots"))
    positions = _positions().filter(theirs, taken_at__lte=Given("at"))
    electors = Elector.objects.filter(theirs).select_related("recusal").order_by("order")
    return Prepared(positions), Prepared(electors)


def electors_of(ballot: Ballot) -> QuerySet[Elector]:
    """The frozen roll, each line with its recusal if there is one."""
    return Elector.objects.filter(ballot=ballot).select_related("recusal").order_by("order")


def _stance(row: Position, until: datetime) -> Stance:
    """A contest counts whenever it came: what a member never said is not theirs. A renewal from its instant on."""
    answer, renewal = getattr(row, "answer", None), getattr(row, "renewal", None)
    return Stance(
        contested=answer is not None and answer.answer == PositionAnswer.Answer.CONTEST,
        confirmed=answer is not None and answer.answer == PositionAnswer.Answer.CONFIRM,
        renewed_at=renewal.renewed_at if renewal is not None and renewal.renewed_at <= until else None,
        number=row.number,
        position=row.position,
        reason=row.reason,
        lifts_when=row.lifts_when,
        taken_at=row.taken_at,
        entered_by=row.entered_by_name,
        entered_by_id=row.entered_by_id,
        id=row.pk,
    )


def _recused(row: Recusal) -> Recused:
    return Recused(category=row.category, text=row.text, declared_at=row.declared_at, id=row.pk)


def _line(ballot: Ballot, row: Elector, stances: list[Stance], until: datetime) -> Line:
    declared = getattr(row, "recusal", None)
    recusal = _recused(declared) if declared is not None and declared.declared_at <= until else None
    status, lapsed = status_of(
        tuple(stances),
        recused=recusal is not None,
        departed=row.departed_at is not None and row.departed_at <= until,
        at=until,
        hold_lapse=timedelta(days=ballot.terms["hold_lapse_days"]),
    )
    return Line(
        person_id=row.person_id,
        order=row.order,
        name=row.name,
        role=row.role,
        role_label=Seat.Role(row.role).label,
        affiliation=row.affiliation,
        alternate_for=row.alternate_for,
        status=status,
        stances=tuple(stances),
        recusal=recusal,
        lapsed=lapsed,
        id=row.pk,
    )
