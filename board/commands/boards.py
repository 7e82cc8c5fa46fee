"""Found a board, seat its members, end seats, seat alternates."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from accounts.actors import actor_of
from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Board, Elector, Seat, Terms
from board.states import BallotState
from board.tally import STANDARD_TERMS, terms_as_data
from board.timing import STANDARD_TIMING
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.BOARD_FOUNDED)
def found_board(
    *, actor: Actor, name: str, demonstration: bool = False, act_floor: int = 3, notice_days: int = 60
) -> Board:
    """A board with the six standard terms adopted as version 1.

    `act_floor`: fewest eligible electors that can decide; a small board adopts 2. A demonstration board has no
    minimum opening and no notice days, and everything it does says so.
    """
    require(policies.may_found_board(actor))
    name = name.strip()
    if not name:
        raise Unacceptable("Name the board.", "name")
    if act_floor < 2:
        raise Unacceptable("At least two electors must be able to act.", "act_floor")
    if Board.objects.filter(name=name).exists():
        raise IllegalMove(f"There is a board called {name} already. Choose another name.")
    now = clock.now()
    board = Board(
        name=name,
        demonstration=demonstration,
        notice_days=0 if demonstration else notice_days,
        founded_at=now,
    )
    board.save(force_insert=True)
    record(board, data={"demonstration": demonstration, "notice_days": board.notice_days})
    for standard in STANDARD_TERMS.values():
        timing = STANDARD_TIMING[standard.name]
        terms = Terms(
            board=board,
            name=standard.name,
            arithmetic=terms_as_data(replace(standard, act_floor=act_floor)),
            minimum_opening_days=0 if demonstration else timing.minimum_opening_days,
            hold_lapse_days=timing.hold_lapse_days,
            extension_days=timing.extension_days,
            early_close=timing.early_close,
            adopted_at=now,
            basis="The founding of the board",
        )
        terms.save(force_insert=True)
        record(terms, verb=Verb.TERMS_ADOPTED)
    return board


@command(Verb.MEMBER_SEATED)
def seat_member(
    *,
    actor: Actor,
    board_id: UUID,
    person_id: UUID,
    role: str,
    basis: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Seat:
    """Give somebody else a seat for a term of office. They need the role that goes with it first."""
    board = locked(Board, board_id)
    require(policies.may_seat(actor, person_id))
    person = locked(Person, person_id)
    if role not in Seat.Role.values:
        raise Unacceptable("Choose the seat: chair, vice-chair, member, alternate or secretary.", "role")
    needed = "secretary" if role == Seat.Role.SECRETARY else "board_member"
    if needed not in actor_of(person).roles:
        raise IllegalMove(f"Grant {person.name} the role {needed.replace('_', ' ')} first, then the seat.")
    if not basis.strip():
        raise Unacceptable(
            "Name the act that gives this seat: the founding, an election, an appointment.", "basis"
        )
    now = clock.now()
    starts_on = starts_on or now.date()
    if ends_on is not None and ends_on < starts_on:
        raise Unacceptable("The term of office ends before it starts.", "ends_on")
    _make_room(board, person, role, now)
    seat = Seat(
        board=board, person=person, role=role, basis=basis.strip(), starts_on=starts_on, ends_on=ends_on
    )
    seat.save(force_insert=True)
    record(seat, data={"person": person.name, "role": role, "board": board.name})
    return seat


@command(Verb.SEAT_ENDED)
def end_seat(*, actor: Actor, seat_id: UUID, basis: str) -> Seat:
    """End a seat before its term is over, by resignation or removal.

    In open ballots where the member has no position yet they leave the roll; a position taken stands.
    """
    seat = locked(Seat, seat_id, select_related=("person", "board"))
    require(policies.may_end_seat(actor, seat))
    if not basis.strip():
        raise Unacceptable(
            "Say by what the seat ends: a resignation, a removal and by which decision.", "basis"
        )
    if seat.ended_at is not None:
        return unchanged(seat)
    _close(seat, clock.now(), basis.strip())
    record(seat, reason=basis.strip(), data={"person": seat.person.name})
    for ballot_id in Ballot.objects.filter(
        state=BallotState.OPEN, electors__person_id=seat.person_id, motion__board=seat.board
    ).values_list("pk", flat=True):
        _depart(ballot_id, seat.person_id, basis.strip())
    return seat


@command(Verb.ALTERNATE_SEATED)
def seat_alternate(*, actor: Actor, seat_id: UUID, member_seat_id: UUID | None, reason: str) -> Seat:
    """Let an alternate stand in for a named member in ballots opened from now on; None ends it."""
    seat = locked(Seat, seat_id, select_related=("person", "board"))
    require(policies.may_seat_alternate(actor, seat.board))
    if seat.role != Seat.Role.ALTERNATE or seat.ended_at is not None:
        raise IllegalMove("Only an alternate in office can stand in for a member.")
    if not reason.strip():
        raise Unacceptable("Say why the alternate stands in.", "reason")
    member = locked(Seat, member_seat_id, select_related=("person",)) if member_seat_id else None
    if member is not None:
        _require_standing_in(seat, member)
    if seat.seated_for_id == (member.pk if member else None):
        return unchanged(seat)
    seat.seated_for = member
    seat.save()
    record(seat, reason=reason.strip(), data={"for": member.person.name if member else None})
    return seat


def _require_standing_in(seat: Seat, member: Seat) -> None:
    if member.board_id != seat.board_id or member.ended_at is not None:
        raise IllegalMove("That member has no seat on this board any more.")
    if member.role in (Seat.Role.ALTERNATE, Seat.Role.SECRETARY):
        raise IllegalMove("An alternate stands in for the chair, the vice-chair or a member.")
    if Seat.objects.filter(seated_for=member, ended_at=None).exclude(pk=seat.pk).exists():
        raise IllegalMove("Another alternate stands in for that member already.")


def _make_room(board: Board, person: Person, role: str, now: datetime) -> None:
    """End seats whose term is over and which stand in the way; refuse when one is still in office."""
    in_the_way = Seat.objects.filter(board=board, ended_at=None, person=person)
    if role == Seat.Role.CHAIR:
        in_the_way = in_the_way | Seat.objects.filter(board=board, ended_at=None, role=role)
    for seat in in_the_way.select_related("person"):
        if seat.ends_on is not None and seat.ends_on < now.date():
            _close(seat, now, "The term of office was over")
            record(seat, verb=Verb.SEAT_ENDED)
        elif seat.person_id == person.pk:
            raise IllegalMove(f"{person.name} has a seat on this board already. End it first.")
        else:
            raise IllegalMove(f"{seat.person.name} is the chair. End that seat first.")


def _close(seat: Seat, now: datetime, basis: str) -> None:
    seat.ended_at = now
    seat.end_basis = basis
    seat.seated_for = None
    seat.save()


def _depart(ballot_id: UUID, person_id: UUID, basis: str) -> None:
    """Take somebody who has not voted off the roll of a ballot that is still open."""
    ballot = locked(Ballot, ballot_id, select_related=("motion",))
    now = clock.now()
    elector = Elector.objects.filter(
        ballot=ballot, person_id=person_id, departed_at=None, positions=None
    ).first()
    if elector is None or ballot.state != BallotState.OPEN or now >= ballot.closes_at:
        return
    elector.departed_at = now
    elector.departure_basis = basis
    elector.save()
    record(elector, verb=Verb.ELECTOR_DEPARTED, reason=basis, data={"ballot": str(ballot.pk)})
