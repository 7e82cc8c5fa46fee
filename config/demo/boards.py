"""The Aldgate model board: nine electors and a secretary, who decide the cases of the demonstration.

Not here: the walkthrough's board of three (`people`).
"""

from board.commands import boards
from board.models import Board, Seat
from config.demo.people import actor, person

MODEL_BOARD = "Aldgate model board"
SEATS = (
    ("secretary", Seat.Role.SECRETARY),
    ("chair", Seat.Role.CHAIR),
    ("vice_chair", Seat.Role.VICE_CHAIR),
    *(
        (part, Seat.Role.MEMBER)
        for part in (
            "member",
            "colleague",
            "fifth_member",
            "sixth_member",
            "seventh_member",
            "eighth_member",
            "ninth_member",
        )
    ),
)
ELECTORS = tuple(part for part, role in SEATS if role != Seat.Role.SECRETARY)


def model_board() -> Board:
    return Board.objects.get(name=MODEL_BOARD)


def ensure_model_board() -> None:
    """Found it and seat whoever never had a seat there; one that was ended stays ended."""
    steward = actor("steward")
    board = Board.objects.filter(name=MODEL_BOARD).first() or boards.found_board(
        actor=steward, name=MODEL_BOARD, demonstration=True
    )
    for part, role in SEATS:
        if not Seat.objects.filter(board=board, person=person(part)).exists():
            boards.seat_member(
                actor=steward,
                board_id=board.id,
                person_id=person(part).id,
                role=role,
                basis="Founding of the Aldgate model board",
            )
