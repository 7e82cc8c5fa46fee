"""Found a board, seat its members, end seats, seat alternates."""

from datetime import date
from uuid import UUID

from accounts.actors import actor_of
from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Board, Elector, Seat
from board.states import BallotState
from board.steps.boards import end, found
from board.steps.boards import seat as give_seat
from board.steps.departures import depart
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
    return found(name=name, demonstration=demonstration, act_floor=act_floor, notice_days=notice_days)


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
    return give_seat(
        board=board,
        person=person,
        role=role,
        basis=basis,
        starts_on=starts_on or clock.today(),
        ends_on=ends_on,
    )


@command(Verb.SEAT_ENDED)
def end_seat(*, actor: Actor, seat_id: UUID, basis: str, voids_positions: bool = False) -> Seat:
    """End a seat before its term is over, by resignation or removal.

    In open ballots where the member has no position yet they leave the roll; a position taken stands, unless
    the decision that removes them says otherwise (`voids_positions`). Nobody voids their own.
    """
    seat = locked(Seat, seat_id, select_related=("person", "board"))
    require(policies.may_end_seat(actor, seat))
    if not basis.strip():
        raise Unacceptable(
            "Say by what the seat ends: a resignation, a removal and by which decision.", "basis"
        )
    if voids_positions and actor.id == seat.person_id:
        raise Unacceptable(
            "Who resigns does not take back positions; change them on the votes before.", "voids_positions"
        )
    if seat.ended_at is not None:
        return unchanged(seat)
    end(seat, clock.now(), basis.strip())
    record(seat, reason=basis.strip(), data={"person": seat.person.name, "voids_positions": voids_positions})
    for ballot_id in Ballot.objects.filter(
        state=BallotState.OPEN, electors__person_id=seat.person_id, motion__board=seat.board
    ).values_list("pk", flat=True):
        _depart(ballot_id, seat.person_id, basis.strip(), though_voted=voids_positions)
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


def _depart(ballot_id: UUID, person_id: UUID, basis: str, *, though_voted: bool) -> None:
    """Take somebody off the roll of a ballot that is still open: if they have not voted, or although they have.

    In a secret vote who left without voting comes off at its close.
    """
    ballot = locked(Ballot, ballot_id, select_related=("motion",))
    now = clock.now()
    if ballot.secret and not though_voted:
        return
    found = Elector.objects.filter(ballot=ballot, person_id=person_id, departed_at=None)
    elector = (found if though_voted else found.filter(positions=None)).first()
    if elector is not None and ballot.state == BallotState.OPEN and now < ballot.closes_at:
        depart(ballot, elector, now, basis)
