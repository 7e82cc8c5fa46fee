"""Ballots: for their pages and lists, for Today, and for the clock."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.registry import MOST
from board.models import (
    Ballot,
    EditorialFix,
    Elector,
    Position,
    PositionAnswer,
    RecusalEntry,
    Seat,
    Statement,
    Withdrawal,
)
from board.policies import id_of
from board.states import BallotState, RecusalEntryState, WithdrawalState
from core import clock
from core.policies import Actor, any_of
from core.prepared import written_once
from core.reading import shared

# Of more open votes than this Today does not tell; the list of votes has them.
TOLD = 3 * MOST


def kept_by(actor: Actor) -> Q:
    """Ballots of the boards whose secretary the actor is."""
    if not any_of(actor, "secretary"):
        return Q(pk__in=[])
    seats = Seat.objects.filter(person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None)
    return Q(motion__board__in=seats.values("board"))


def ballots_to_list() -> QuerySet[Ballot]:
    """Ballots with what a list shows of them."""
    return Ballot.objects.select_related("motion__board", "certificate").defer(
        "certificate__document", "certificate__disclosures"
    )


def ballots_to_show() -> QuerySet[Ballot]:
    """Ballots for their own page: with whether anything was done to them besides voting, so that it is not asked."""
    here = OuterRef("pk")
    return ballots_to_list().annotate(
        has_fixes=Exists(EditorialFix.objects.filter(ballot=here)),
        has_withdrawals=Exists(Withdrawal.objects.filter(ballot=here)),
        has_entries=Exists(RecusalEntry.objects.filter(ballot=here)),
        has_statements=Exists(Statement.objects.filter(ballot=here)),
    )


def ballots_to_tell() -> QuerySet[Ballot]:
    """Ballots with what a line on Today says of them, and no more: Today asks for many things."""
    return Ballot.objects.select_related("motion__board").only(
        "round", "closes_at", "terms", "motion__title", "motion__mover_id", "motion__board__name"
    )


def silent(actor: Actor) -> Exists:
    """Whether the actor is on a ballot's roll and has neither a position nor a recusal."""
    mine = Elector.objects.filter(ballot=OuterRef("pk"), person_id=id_of(actor), departed_at=None)
    return Exists(mine.filter(positions=None, recusal=None))


def _open_told(actor: Actor) -> list[Ballot]:
    """Open ballots that wait for the actor's position (`silent`), then the others, each by its close.

    One reading serves what waits and what closes on Today.
    """

    return shared(("board.open", actor.id), lambda: _open_ballots(actor))


@written_once
def _open_ballots(actor: Actor) -> QuerySet[Ballot]:
    live = ballots_to_tell().filter(state=BallotState.OPEN, closes_at__gt=clock.now())
    return live.annotate(silent=silent(actor)).order_by("-silent", "closes_at")[:TOLD]


def ballots_awaiting(actor: Actor) -> list[Ballot]:
    """Open ballots on whose roll the actor is and has neither a position nor a recusal, what is due first."""
    return [ballot for ballot in _open_told(actor) if getattr(ballot, "silent", False)]


def ballots_closing(actor: Actor, end: datetime) -> list[Ballot]:
    """Open ballots that close by then, the next one first."""
    closing = [ballot for ballot in _open_told(actor) if ballot.closes_at <= end]
    return sorted(closing, key=lambda ballot: ballot.closes_at)


def positions_to_answer(actor: Actor) -> QuerySet[Position]:
    """Positions entered for the actor that they have neither confirmed nor contested, and not replaced since."""
    later = Position.objects.filter(elector=OuterRef("elector"), number__gt=OuterRef("number"))
    mine = Position.objects.filter(
        elector__person_id=id_of(actor),
        elector__departed_at=None,
        ballot__state__in=(BallotState.OPEN, BallotState.CLOSED),
        answer=None,
    )
    rows = mine.exclude(entered_by_id=id_of(actor)).exclude(Exists(later))
    return rows.select_related("ballot__motion", "entered_by").order_by("ballot__closes_at", "pk")


def recusals_entered(actor: Actor) -> QuerySet[RecusalEntry]:
    """Recusals entered for the actor in open votes, unanswered."""
    return RecusalEntry.objects.filter(
        elector__person_id=id_of(actor),
        elector__departed_at=None,
        state=RecusalEntryState.ENTERED,
        ballot__state=BallotState.OPEN,
    )


def recusals_to_answer(actor: Actor) -> QuerySet[RecusalEntry]:
    """Those that have no effect before the actor confirms them, and still can."""
    rows = recusals_entered(actor).filter(ballot__closes_at__gt=clock.now())
    return rows.select_related("ballot__motion").order_by("ballot__closes_at", "pk")


def withdrawals_asked(actor: Actor) -> QuerySet[Withdrawal]:
    """Withdrawals asked for in open votes on whose roll the actor is; one of the electors, who presides, agrees."""
    mine = Elector.objects.filter(ballot=OuterRef("ballot"), person_id=id_of(actor), departed_at=None)
    rows = Withdrawal.objects.filter(
        Exists(mine), state=WithdrawalState.ASKED, ballot__state=BallotState.OPEN
    )
    return rows.select_related("ballot__motion").order_by("asked_at")


def ballots_awaiting_the_secretary(actor: Actor) -> QuerySet[Ballot]:
    """Closed ballots that the actor may certify: secretary of their board, not their mover."""
    seats = Seat.objects.filter(
        board=OuterRef("motion__board"), person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None
    )
    return (
        ballots_to_tell()
        .filter(Exists(seats), state=BallotState.CLOSED)
        .exclude(motion__mover_id=actor.id)
        .order_by("closes_at")
    )


def position_entered(ballot: Ballot, number: int) -> Position | None:
    """A position by its number, for whoever it may have been entered for.

    None in a secret vote: nobody enters one there, and by its number the taker would learn how many voted before.
    """
    if ballot.secret:
        return None
    return Position.objects.filter(ballot=ballot, number=number).select_related("elector").first()


def due_ballots(now: datetime) -> list[UUID]:
    """Open ballots whose time has come."""
    return list(
        Ballot.objects.filter(state=BallotState.OPEN, closes_at__lte=now)
        .order_by("closes_at")
        .values_list("pk", flat=True)
    )


def lapsed_holds(now: datetime) -> list[tuple[UUID, int]]:
    """Ballot and number of holds in open votes that have lapsed by now and were not told of yet; no secret ones."""
    later = Position.objects.filter(elector=OuterRef("elector"), number__gt=OuterRef("number")).exclude(
        answer__answer=PositionAnswer.Answer.CONTEST
    )
    rows = (
        Position.objects.filter(
            ballot__state=BallotState.OPEN, ballot__closes_at__gt=now, position="hold", lapse=None
        )
        .exclude(answer__answer=PositionAnswer.Answer.CONTEST)
        .exclude(ballot__terms__contains={"secret": True})
        .exclude(Exists(later))
        .select_related("ballot", "renewal")
        .order_by("taken_at")
    )
    return [(row.ballot_id, row.number) for row in rows if row.ballot.hold_ends_at(row) <= now]


def due_withdrawals(now: datetime) -> list[UUID]:
    """Open ballots whose motion is to be taken back by now, no elector having objected."""
    return list(
        Withdrawal.objects.filter(
            state=WithdrawalState.AGREED, takes_effect_at__lte=now, ballot__state=BallotState.OPEN
        ).values_list("ballot_id", flat=True)
    )
