"""Who sits on a board, and by which rules it votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Person, RoleGrant
from board.models import (
    Board,
    Seat,
    Terms,
)
from board.policies import id_of
from core import clock
from core.policies import Actor

_ROLL_ORDER = {Seat.Role.CHAIR: 0, Seat.Role.VICE_CHAIR: 1}


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
