"""Founding a board and giving seats, for the board's own commands and for the founding of an installation."""

from dataclasses import replace
from datetime import date, datetime

from accounts.models import Person
from audit.commands import in_command, record
from board.events import Verb
from board.models import Board, Seat, Terms
from board.tally import STANDARD_TERMS, terms_as_data
from board.timing import STANDARD_TIMING
from core import clock
from core.errors import IllegalMove, Unacceptable


def found(*, name: str, demonstration: bool, act_floor: int, notice_days: int) -> Board:
    """A board with the six standard terms adopted as version 1, and their events.

    Unacceptable without a name or with an act floor under two, IllegalMove when the name is taken.
    """
    in_command()
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
    record(
        board,
        verb=Verb.BOARD_FOUNDED,
        data={"demonstration": demonstration, "notice_days": board.notice_days},
    )
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


def seat(
    *, board: Board, person: Person, role: str, basis: str, starts_on: date, ends_on: date | None
) -> Seat:
    """A seat for a term of office, and its event. The caller has checked who may give it and to whom.

    Seats whose term is over and which stand in the way are ended; IllegalMove when one is still in office.
    """
    in_command()
    if ends_on is not None and ends_on < starts_on:
        raise Unacceptable("The term of office ends before it starts.", "ends_on")
    _make_room(board, person, role, clock.now())
    row = Seat(
        board=board, person=person, role=role, basis=basis.strip(), starts_on=starts_on, ends_on=ends_on
    )
    row.save(force_insert=True)
    record(row, verb=Verb.MEMBER_SEATED, data={"person": person.name, "role": role, "board": board.name})
    return row


def end(seat: Seat, now: datetime, basis: str) -> None:
    """Close a seat; the caller records it."""
    in_command()
    seat.ended_at = now
    seat.end_basis = basis
    seat.seated_for = None
    seat.save()


def _make_room(board: Board, person: Person, role: str, now: datetime) -> None:
    """End seats whose term is over and which stand in the way; refuse when one is still in office."""
    in_the_way = Seat.objects.filter(board=board, ended_at=None, person=person)
    if role == Seat.Role.CHAIR:
        in_the_way = in_the_way | Seat.objects.filter(board=board, ended_at=None, role=role)
    for there in in_the_way.select_related("person"):
        if there.ends_on is not None and there.ends_on < now.date():
            end(there, now, "The term of office was over")
            record(there, verb=Verb.SEAT_ENDED)
        elif there.person_id == person.pk:
            raise IllegalMove(f"{person.name} has a seat on this board already. End it first.")
        else:
            raise IllegalMove(f"{there.person.name} is the chair. End that seat first.")
