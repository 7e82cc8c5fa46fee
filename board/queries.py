"""Reads: rolls, ballots that wait, seats in office, decisions. Nothing here changes anything."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Person, RoleGrant
from accounts.queries import shared
from accounts.registry import MOST
from board.models import (
    Ballot,
    Board,
    CastingVote,
    Certificate,
    EditorialFix,
    Elector,
    Founding,
    FoundingDraft,
    Motion,
    Position,
    PositionAnswer,
    Recusal,
    RecusalEntry,
    Seat,
    Statement,
    Terms,
    Withdrawal,
)
from board.policies import id_of
from board.registry import withheld
from board.roll import Line, Recused, Roll, Stance, status_of
from board.states import BallotState, FoundingState, MotionState, WithdrawalState
from board.tally import HELD, Casting
from core import clock
from core.policies import Actor, any_of

# Of more open votes than this Today does not tell; the list of votes has them.
TOLD = 3 * MOST
_ROLL_ORDER = {Seat.Role.CHAIR: 0, Seat.Role.VICE_CHAIR: 1}


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
    stances: dict[UUID, list[Stance]] = defaultdict(list)
    for row in _positions().filter(ballot__in=by_key, taken_at__lte=at):
        if row.taken_at < by_key[row.ballot_id].closes_at:
            stances[row.elector_id].append(_stance(row, at))
    lines: dict[UUID, list[Line]] = defaultdict(list)
    electors = Elector.objects.filter(ballot__in=by_key).select_related("recusal").order_by("order")
    for elector in electors:
        ballot = by_key[elector.ballot_id]
        lines[ballot.pk].append(_line(ballot, elector, stances[elector.pk], min(at, ballot.closes_at)))
    return {key: Roll(tuple(lines[key])) for key in by_key}


def kept_by(actor: Actor) -> Q:
    """Ballots of the boards whose secretary the actor is."""
    if not any_of(actor, "secretary"):
        return Q(pk__in=[])
    seats = Seat.objects.filter(person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None)
    return Q(motion__board__in=seats.values("board"))


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
    )


def _recused(row: Recusal) -> Recused:
    return Recused(category=row.category, text=row.text, declared_at=row.declared_at)


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
    )


def seats_in_office(board: Board) -> QuerySet[Seat]:
    """The seats held today, with their people."""
    today = clock.today()
    return (
        Seat.objects.filter(board=board, ended_at=None, starts_on__lte=today)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("person", "seated_for__person")
    )


def seats_of_electors(board: Board) -> list[tuple[Seat, Seat]]:
    """Who would be on a roll frozen now, in roll order: the seat that votes, and the seat it votes from.

    Chair, vice-chair and members; an alternate stands in the place of the member it is seated for. The
    secretary never votes.
    """
    seats = list(seats_in_office(board))
    standing_in = {seat.seated_for_id: seat for seat in seats if seat.seated_for_id is not None}
    places = [seat for seat in seats if seat.role not in (Seat.Role.ALTERNATE, Seat.Role.SECRETARY)]
    places.sort(key=lambda seat: (_ROLL_ORDER.get(Seat.Role(seat.role), 2), seat.starts_on, seat.person.name))
    return [(standing_in.get(place.pk, place), place) for place in places]


@dataclass(frozen=True)
class OnBoard:
    """A board with its seats, by role, those that are over, and its rules in force."""

    board: Board
    seats: list[Seat]
    over: list[Seat]
    terms: list[Terms]
    electors: int  # on a roll frozen today


def boards_with_seats(boards: Sequence[Board]) -> list[OnBoard]:
    """These boards with their seats, held now or given for later, and their rules in force. Two queries for all."""
    today = clock.today()
    seats = list(Seat.objects.filter(board__in=boards).select_related("person", "seated_for__person"))
    seats.sort(key=lambda seat: (list(Seat.Role).index(Seat.Role(seat.role)), seat.person.name))
    adopted = Terms.objects.filter(board__in=boards).order_by("board_id", "name", "-version")
    terms = list(adopted.distinct("board_id", "name"))
    return [
        OnBoard(
            board=board,
            seats=[seat for seat in seats if seat.board_id == board.pk and not _is_over(seat, today)],
            over=[seat for seat in seats if seat.board_id == board.pk and _is_over(seat, today)],
            terms=[row for row in terms if row.board_id == board.pk],
            electors=sum(seat.board_id == board.pk and _votes(seat, today) for seat in seats),
        )
        for board in boards
    ]


def _votes(seat: Seat, today: date) -> bool:
    places = (Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, Seat.Role.MEMBER)
    return seat.role in places and seat.starts_on <= today and not _is_over(seat, today)


def _is_over(seat: Seat, today: date) -> bool:
    return seat.ended_at is not None or (seat.ends_on is not None and seat.ends_on < today)


def people_to_seat(actor: Actor) -> QuerySet[Person]:
    """Active people who hold a role that goes with a seat, but for the one who would seat them."""
    now = clock.now()
    grants = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now),
        person=OuterRef("pk"),
        role__in=["board_member", "secretary"],
        starts_at__lte=now,
        revoked_at=None,
    )
    return Person.objects.filter(Exists(grants), active=True).exclude(pk=id_of(actor)).order_by("name")


def terms_named(board: Board, name: str) -> Terms | None:
    """The highest version of one set of voting rules, or None when it was never adopted."""
    return Terms.objects.filter(board=board, name=name).order_by("-version").first()


def terms_for(board: Board, name: str) -> Terms | None:
    """The rules in force under a kind's name.

    Ordinary matters are voted under `ordinary` or `ordinary_casting`, whichever was adopted last; a founding
    adopts both and means `ordinary`.
    """
    found = terms_named(board, name)
    if name == "ordinary" and found is not None:
        casting = terms_named(board, "ordinary_casting")
        if casting is not None and casting.adopted_at > found.adopted_at:
            return casting
    return found


def took_the_side_that_prevailed(person_id: UUID, motion: Motion) -> bool:
    """Whether somebody took the winning side in the motion's last certified round: a hold wins with a rejection."""
    certificate = (
        Certificate.objects.filter(ballot__motion=motion)
        .select_related("ballot")
        .order_by("-ballot__round")
        .first()
    )
    if certificate is None:
        return False
    line = roll_of(certificate.ballot, certificate.certified_at).line_of(person_id)
    return line is not None and line.status in (("approve",) if certificate.carried else ("reject", "hold"))


def timing_in_force(board: Board, name: str) -> dict[str, Any]:
    """The rules in force under a name as a form shows them; nothing for a name no board adopts."""
    found = terms_named(board, name)
    if found is None:
        return {}
    return {
        "name": found.name,
        "minimum_opening_days": found.minimum_opening_days,
        "hold_lapse_days": found.hold_lapse_days,
        "extension_days": found.extension_days,
        "act_floor": found.tally_terms.act_floor,
    }


def was_held(motion: Motion) -> bool:
    """Whether a hold stopped the motion's last round."""
    last = Certificate.objects.filter(ballot__motion=motion).order_by("-ballot__round").first()
    return last is not None and last.result == HELD


def ballots_to_list() -> QuerySet[Ballot]:
    """Ballots with what a list shows of them."""
    return Ballot.objects.select_related("motion__board", "certificate").defer("certificate__document")


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
        "round", "closes_at", "motion__title", "motion__mover_id", "motion__board__name"
    )


def silent(actor: Actor) -> Exists:
    """Whether the actor is on a ballot's roll and has neither a position nor a recusal."""
    mine = Elector.objects.filter(ballot=OuterRef("pk"), person_id=id_of(actor), departed_at=None)
    return Exists(mine.filter(positions=None, recusal=None))


def _open_told(actor: Actor) -> list[Ballot]:
    """Open ballots that wait for the actor's position (`silent`), then the others, each by its close.

    One reading serves what waits and what closes on Today.
    """

    def read() -> list[Ballot]:
        live = ballots_to_tell().filter(state=BallotState.OPEN, closes_at__gt=clock.now())
        return list(live.annotate(silent=silent(actor)).order_by("-silent", "closes_at")[:TOLD])

    return shared(("board.open", actor.id), read)


def ballots_awaiting(actor: Actor) -> list[Ballot]:
    """Open ballots on whose roll the actor is and has neither a position nor a recusal, what is due first."""
    return [ballot for ballot in _open_told(actor) if getattr(ballot, "silent", False)]


def ballots_closing(actor: Actor, end: datetime) -> list[Ballot]:
    """Open ballots that close by then, the next one first."""
    closing = [ballot for ballot in _open_told(actor) if ballot.closes_at <= end]
    return sorted(closing, key=lambda ballot: ballot.closes_at)


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


def motions_awaiting_the_secretary(actor: Actor) -> QuerySet[Motion]:
    """Proposals not yet in a vote, on the boards the actor keeps: a vote can be opened, or something forbids it."""
    seats = Seat.objects.filter(
        board=OuterRef("board"), person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None
    )
    rows = Motion.objects.filter(Exists(seats), state=MotionState.MOVED).select_related("board")
    return rows.only("title", "board__name", "number").order_by("number")


def due_ballots(now: datetime) -> list[UUID]:
    """Open ballots whose time has come."""
    return list(
        Ballot.objects.filter(state=BallotState.OPEN, closes_at__lte=now)
        .order_by("closes_at")
        .values_list("pk", flat=True)
    )


def lapsed_holds(now: datetime) -> list[tuple[UUID, int]]:
    """Ballot and number of holds in open votes that have lapsed by now and were not told of yet."""
    later = Position.objects.filter(elector=OuterRef("elector"), number__gt=OuterRef("number")).exclude(
        answer__answer=PositionAnswer.Answer.CONTEST
    )
    rows = (
        Position.objects.filter(
            ballot__state=BallotState.OPEN, ballot__closes_at__gt=now, position="hold", lapse=None
        )
        .exclude(answer__answer=PositionAnswer.Answer.CONTEST)
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


def motions_to_list() -> QuerySet[Motion]:
    """Motions with what a list shows of them."""
    return Motion.objects.select_related("board", "reconsiders").order_by("-moved_at", "-number")


def decisions(viewer: Actor | None) -> QuerySet[Certificate]:
    """Certified results the viewer may know of, the latest first, without their documents."""
    return seen_by(viewer).select_related("ballot__motion__board").defer("document")


def seen_by(viewer: Actor | None) -> QuerySet[Certificate]:
    """Certified results but for those that apps above keep from this viewer."""
    rows = Certificate.objects.all()
    for _, hidden in withheld.items():
        rows = rows.exclude(ballot__motion__in=hidden(viewer))
    return rows


def is_public(certificate: Certificate) -> bool:
    """Whether everybody may read this result now."""
    return seen_by(None).filter(pk=certificate.pk).exists()


def founding_proposed() -> Founding | None:
    """The founding that waits for its answer, if one does."""
    return (
        Founding.objects.filter(state=FoundingState.PROPOSED).select_related("proposer", "confirmer").first()
    )


def founding_sent_back() -> Founding | None:
    """The founding that was sent back last."""
    rows = Founding.objects.filter(state=FoundingState.RETURNED).select_related("proposer", "confirmer")
    return rows.order_by("-ended_at").first()


def founding_stands() -> tuple[bool, bool]:
    """Whether somebody writes at a founding, and whether there is one person alone here."""
    rows = Person.objects.filter(active=True).annotate(begun=Exists(FoundingDraft.objects.all()))
    found = list(rows.order_by().values_list("begun", flat=True)[:2])
    return any(found), len(found) == 1
