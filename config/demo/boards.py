"""The board of three for `manage.py walkthrough`, so that it does not wait for nine. The other is in `people`."""

from board.commands import boards
from board.models import Board, Seat
from config.demo.people import BY_PART, WALKTHROUGH_BOARD, actor, person

MEMBERS = ("secretary", "chair", "member", "colleague")


def ensure_walkthrough_board() -> None:
    """Found it and seat whoever never had a seat there; one that was ended stays ended."""
    steward = actor("steward")
    board = Board.objects.filter(name=WALKTHROUGH_BOARD).first() or boards.found_board(
        actor=steward, name=WALKTHROUGH_BOARD, demonstration=True
    )
    for part in MEMBERS:
        if not Seat.objects.filter(board=board, person=person(part)).exists():
            boards.seat_member(
                actor=steward,
                board_id=board.id,
                person_id=person(part).id,
                role=BY_PART[part].seat,
                basis="For the walkthrough",
            )
