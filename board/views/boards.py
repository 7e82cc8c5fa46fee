"""Who may vote, under which rules, until when; founding a board, seating its members and ending seats."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board import policies, queries
from board.commands import boards as commands
from board.commands.motions import propose_terms
from board.examples import USUAL_ROLL, spans, worked_example
from board.forms import EndSeatForm, FoundForm, SeatForm, StandInForm
from board.forms.acts import TermsForm
from board.models import Board, Seat
from board.tally import STANDARD_TERMS
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import Page, page_by_key, page_of
from core.policies import require
from core.web import submit

# Boards on a page, and seats of each.
BOARDS, SEATS = 5, 40


def seat_for(request: DeskRequest, seat_id: UUID) -> Seat:
    """The seat, for somebody who may read the board. NotFound otherwise."""
    found = Seat.objects.select_related("person", "board", "seated_for__person").filter(pk=seat_id).first()
    if found is None or not policies.may_read_board(request.actor):
        raise NotFound("There is no such seat.")
    return found


def url_of(board: Board) -> str:
    return f"{reverse('board:board')}#board-{board.pk}"


@desk_page
@require_safe
def board(request: DeskRequest) -> HttpResponse:
    require(policies.may_read_board(request.actor))
    page = page_by_key(Board.objects.all(), request.GET, by="name", size=BOARDS)
    context = {
        "page": page,
        "boards": [
            _shown(request, each, number)
            for number, each in enumerate(queries.boards_with_seats(page.rows), start=1)
        ],
        "may_move": policies.may_move_motion(request.actor),
        "may_found": policies.may_found_board(request.actor),
        "place": "board",
    }
    return render(request, "board/board_page.html", context)


def _shown(request: DeskRequest, on: queries.OnBoard, number: int) -> dict[str, Any]:
    """One board as the page shows it: a page of its seats, each with its bar and what this viewer may do to it.

    `number`: its place on the page, by which the lists of its seats are known in the address.
    """
    actor, today = request.actor, clock.today()
    held = _seats_in_order(request, on.seats, f"seats-{number}")
    terms = spans([(seat.starts_on, seat.ends_on) for seat in on.seats], today)
    bars = {seat.pk: bar for seat, bar in zip(on.seats, terms, strict=True)}
    secretary = policies.is_secretary_among(actor, on.seats)
    seats = [
        {
            "seat": seat,
            "bar": bars[seat.pk],
            "later": seat.starts_on > today,
            "mine": seat.person_id == actor.id,
            "may_end": policies.may_end_seat(actor, seat),
            "may_stand_in": secretary and seat.role == Seat.Role.ALTERNATE,
        }
        for seat in held.rows
    ]
    return {
        "board": on.board,
        "seats": seats,
        "may_change": any(row["may_end"] or row["may_stand_in"] for row in seats),
        "page": held,
        "over": _seats_in_order(request, on.over, f"former-{number}"),
        "may_seat": policies.may_seat(actor, policies.NOBODY),
        "roll": on.electors,
        "terms": [
            (row, worked_example(row.tally_terms, on.electors if on.electors >= 2 else USUAL_ROLL))
            for row in on.terms
        ],
    }


def _seats_in_order(request: DeskRequest, seats: list[Seat], name: str) -> Page[Seat]:
    """A page of these seats in the order they came in."""
    places = {seat.pk: place for place, seat in enumerate(seats)}
    return page_of(seats, request.GET, key=lambda seat: (places[seat.pk],), size=SEATS, name=name)


@desk_page
@show_and_do
def found(request: DeskRequest) -> HttpResponse:
    require(policies.may_found_board(request.actor))
    return submit(
        request,
        form=FoundForm(request.POST or None),
        run=lambda said: commands.found_board(actor=request.actor, **said),
        done=url_of,
        template="board/board_found.html",
        context={"place": "board"},
    )


@desk_page
@show_and_do
def seat(request: DeskRequest, board_id: UUID) -> HttpResponse:
    found = Board.objects.filter(pk=board_id).first()
    if found is None or not policies.may_read_board(request.actor):
        raise NotFound("There is no such board.")
    require(policies.may_seat(request.actor, policies.NOBODY))
    people = queries.people_to_seat(request.actor)
    return submit(
        request,
        form=SeatForm(request.POST or None, people=people),
        run=lambda said: commands.seat_member(actor=request.actor, board_id=board_id, **said),
        done=lambda seated: url_of(found),
        template="board/board_seat.html",
        context={"board": found, "nobody": not people.exists(), "place": "board"},
    )


@desk_page
@show_and_do
def rules(request: DeskRequest, board_id: UUID) -> HttpResponse:
    """Propose voting rules; only a motion that carries adopts them."""
    found = Board.objects.filter(pk=board_id).first()
    if found is None or not policies.may_read_board(request.actor):
        raise NotFound("There is no such board.")
    require(policies.may_move_motion(request.actor))
    asked = request.GET.get("rules", "")
    name = asked if asked in STANDARD_TERMS else "ordinary"
    return submit(
        request,
        form=TermsForm(request.POST or None, initial=queries.timing_in_force(found, name)),
        run=lambda said: propose_terms(actor=request.actor, board_id=board_id, **said),
        done=lambda motion: reverse("board:motion", args=[motion.pk]),
        template="board/board_rules.html",
        context={"board": found, "place": "board"},
        once=True,
    )


@desk_page
@show_and_do
def end_seat(request: DeskRequest, seat_id: UUID) -> HttpResponse:
    found = seat_for(request, seat_id)
    require(policies.may_end_seat(request.actor, found))
    return submit(
        request,
        form=EndSeatForm(request.POST or None, own=found.person_id == request.actor.id),
        run=lambda said: commands.end_seat(actor=request.actor, seat_id=seat_id, **said),
        done=lambda ended: url_of(found.board),
        template="board/seat_end.html",
        context={"seat": found, "mine": found.person_id == request.actor.id, "place": "board"},
    )


@desk_page
@show_and_do
def stand_in(request: DeskRequest, seat_id: UUID) -> HttpResponse:
    found = seat_for(request, seat_id)
    require(policies.may_seat_alternate(request.actor, found.board))
    return submit(
        request,
        form=StandInForm(
            request.POST or None, board=found.board, initial={"member_seat_id": found.seated_for_id}
        ),
        run=lambda said: commands.seat_alternate(actor=request.actor, seat_id=seat_id, **said),
        done=lambda seated: url_of(found.board),
        template="board/seat_stand_in.html",
        context={"seat": found, "place": "board"},
    )
