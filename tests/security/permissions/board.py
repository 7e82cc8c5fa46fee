"""What each role gets on the pages of boards, proposals, guidelines, decisions and the founding."""

from datetime import timedelta
from typing import Any

from board.commands import boards
from board.commands.ballots import certify_result
from board.commands.calendars import make_calendar_address
from board.commands.discussion import comment
from board.models import Board, Motion, Seat
from core import clock
from tests.cast import Cast
from tests.factories.board import (
    adopt_guideline,
    closed_ballot_for,
    found_board,
    move_motion,
    seat_more,
)
from tests.factories.founding import propose_among
from tests.security.permissions import NOBODY, Row

READERS = {"steward": 200, "chair": 200, "member": 200, "colleague": 200, "secretary": 200, "auditor": 200}
MEMBERS = {"chair", "member", "colleague"}
MOVERS = {"steward", *MEMBERS}
SPEAKERS = {*MOVERS, "secretary"}


def only(status: int, *roles: str, readers: int = 403) -> dict[str, int]:
    """The status for these roles; `readers` for whoever else may read the board; the rest get 404."""
    return {**dict.fromkeys(READERS, readers), **dict.fromkeys(roles, status)}


def a_motion(cast: Cast) -> dict[str, Any]:
    return {"motion_id": move_motion(cast, found_board(cast)).pk}


def a_board(cast: Cast) -> dict[str, Any]:
    found_board(cast)
    return {}


def a_decision(cast: Cast) -> dict[str, Any]:
    return {"number": certify_result(actor=cast.secretary, ballot_id=closed_ballot_for(cast).pk).number}


def a_calendar_address(cast: Cast) -> dict[str, Any]:
    return {"secret": make_calendar_address(actor=cast.member)}


def a_comment(cast: Cast) -> dict[str, Any]:
    motion = move_motion(cast, found_board(cast))
    return {"comment_id": comment(actor=cast.chair, motion_id=motion.pk, text="Weigh the costs.").pk}


def words(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"text": "So be it."}


def a_question(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    """To somebody whom nobody here is: a further member."""
    asked = seat_more(cast, Board.objects.get(), 1)[0]
    return {"asked_of": str(asked.id), "text": "What does it cost?"}


def a_founding(cast: Cast) -> dict[str, Any]:
    propose_among(cast)
    return {}


def a_reason(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"reason": "For a reason."}


def a_motion_by_hand(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {
        "board": str(Board.objects.get().pk),
        "kind": "resolution",
        "title": "Shall it be so?",
        "text": "Let it be so.",
        "status_quo": "It is not so.",
    }


def a_change(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    assert Motion.objects.exists()
    return {"title": "Shall it be otherwise?", "text": "Let it be otherwise.", "status_quo": "It is so."}


def a_close(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"closes_at": (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")}


def a_board_to_seat_on(cast: Cast) -> dict[str, Any]:
    return {"board_id": boards.found_board(actor=cast.steward, name="Board without members").pk}


def a_seat_for_the_coder(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    """Somebody without the role that goes with a seat: who may seat is told so, 409."""
    return {"person_id": str(cast.colleague.id), "role": "secretary", "basis": "Appointed"}


def the_members_seat(cast: Cast) -> dict[str, Any]:
    return {"seat_id": Seat.objects.get(board=found_board(cast), person=cast.person("member")).pk}


def an_alternate(cast: Cast) -> dict[str, Any]:
    seat_more(cast, found_board(cast), 1, role="alternate")
    return {"seat_id": Seat.objects.get(role="alternate").pk}


def an_alternate_elsewhere(cast: Cast) -> dict[str, Any]:
    """On a board that the secretary of the cast does not keep."""
    board = boards.found_board(actor=cast.steward, name="Another board", demonstration=True)
    seat_more(cast, board, 1, role="alternate")
    return {"seat_id": Seat.objects.get(role="alternate").pk}


def a_basis(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"basis": "Resigned on 3 March"}


def a_board_by_name(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    """A name that is taken: who may found a board is told so, 409."""
    return {"name": Board.objects.get().name, "notice_days": "60", "act_floor": "3"}


def a_decided_motion(cast: Cast) -> dict[str, Any]:
    ballot = closed_ballot_for(cast)
    certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    return {"motion_id": ballot.motion_id}


def a_reconsideration(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {**a_change(cast, kwargs), "new_information": "Nobody came."}


def other_rules(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "ordinary",
        "minimum_opening_days": "5",
        "hold_lapse_days": "14",
        "extension_days": "14",
        "act_floor": "3",
        "why": "Too hasty.",
    }


def a_guideline(cast: Cast) -> dict[str, Any]:
    return {"guideline_id": adopt_guideline(cast).pk}


def new_guidelines(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {
        "board_id": str(Board.objects.get().pk),
        "title": "Who is told first",
        "text": "Users are told before the press.",
        "why": "It was the other way round.",
    }


def other_words(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Editing", "text": "Nothing is changed.", "why": "It is simpler.", "seen": "1"}


def a_board_with_members(cast: Cast) -> dict[str, Any]:
    return {"board_id": found_board(cast).pk}


def open_to_all() -> dict[str, int]:
    return {NOBODY: 200}


TABLE = [
    Row("board:board", "GET", READERS, make=a_board),
    Row("board:board-found", "GET", {"steward": 200, "secretary": 200}),
    Row("board:board-found", "POST", {"steward": 409, "secretary": 409}, make=a_board, data=a_board_by_name),
    Row("board:board-seat", "GET", only(200, "steward", "secretary"), otherwise=404, make=a_board_to_seat_on),
    Row(
        "board:board-seat",
        "POST",
        only(409, "steward", "secretary"),
        otherwise=404,
        make=a_board_to_seat_on,
        data=a_seat_for_the_coder,
    ),
    Row(
        "board:seat-end",
        "GET",
        only(200, "steward", "secretary", "member"),
        otherwise=404,
        make=the_members_seat,
    ),
    Row(
        "board:seat-end",
        "POST",
        only(303, "steward", "secretary", "member"),
        otherwise=404,
        make=the_members_seat,
        data=a_basis,
    ),
    Row("board:seat-stand-in", "GET", only(200, "secretary"), otherwise=404, make=an_alternate),
    Row(
        "board:seat-stand-in", "POST", only(303, "secretary"), otherwise=404, make=an_alternate, data=a_reason
    ),
    Row("board:seat-stand-in", "GET", only(403), otherwise=404, make=an_alternate_elsewhere),
    Row(
        "board:seat-stand-in",
        "POST",
        only(403),
        otherwise=404,
        make=an_alternate_elsewhere,
        data=a_reason,
    ),
    Row("board:motions", "GET", READERS, make=a_board),
    Row("board:motion-reconsider", "GET", only(200, *MOVERS), otherwise=404, make=a_decided_motion),
    Row(
        "board:motion-reconsider",
        "POST",
        only(303, *MOVERS),
        otherwise=404,
        make=a_decided_motion,
        data=a_reconsideration,
    ),
    Row("board:board-rules", "GET", only(200, *MOVERS), otherwise=404, make=a_board_with_members),
    Row(
        "board:board-rules",
        "POST",
        only(303, *MOVERS),
        otherwise=404,
        make=a_board_with_members,
        data=other_rules,
    ),
    Row("board:guidelines", "GET", READERS, make=a_board),
    Row("board:guideline-new", "GET", dict.fromkeys(MOVERS, 200), make=a_board),
    Row("board:guideline-new", "POST", dict.fromkeys(MOVERS, 303), make=a_board, data=new_guidelines),
    Row("board:guideline", "GET", READERS, otherwise=404, make=a_guideline),
    Row("board:guideline-propose", "GET", only(200, *MOVERS), otherwise=404, make=a_guideline),
    Row(
        "board:guideline-propose",
        "POST",
        only(303, *MOVERS),
        otherwise=404,
        make=a_guideline,
        data=other_words,
    ),
    Row("board_public:guidelines", "GET", open_to_all(), otherwise=200, make=a_board),
    Row("board_public:guideline", "GET", open_to_all(), otherwise=200, make=a_guideline),
    Row("board:motion", "GET", READERS, otherwise=404, make=a_motion),
    Row("board:motion-new", "GET", dict.fromkeys(MOVERS, 200), make=a_board),
    Row("board:motion-new", "POST", dict.fromkeys(MOVERS, 303), make=a_board, data=a_motion_by_hand),
    Row("board:motion-edit", "GET", only(200, "steward"), otherwise=404, make=a_motion),
    Row("board:motion-edit", "POST", only(303, "steward"), otherwise=404, make=a_motion, data=a_change),
    Row("board:motion-withdraw", "GET", only(200, "steward"), otherwise=404, make=a_motion),
    Row("board:motion-withdraw", "POST", only(303, "steward"), otherwise=404, make=a_motion, data=a_reason),
    Row("board:motion-open", "GET", only(200, "secretary"), otherwise=404, make=a_motion),
    Row("board:motion-open", "POST", only(303, "secretary"), otherwise=404, make=a_motion, data=a_close),
    Row("board_public:decisions", "GET", open_to_all(), otherwise=200),
    Row("board_public:decision", "GET", open_to_all(), otherwise=200, make=a_decision),
    Row("board_public:decision-certificate", "GET", open_to_all(), otherwise=200, make=a_decision),
    Row("board_public:decision-words", "GET", open_to_all(), otherwise=200, make=a_decision),
    Row("board:calendar", "GET", READERS, make=a_board),
    Row("board:calendar-file", "GET", READERS, make=a_board),
    Row("board:calendar-address", "GET", READERS, make=a_board),
    Row("board:calendar-address", "POST", READERS, make=a_board),
    Row("board:calendar-address-end", "GET", {}, otherwise=405),
    Row("board:calendar-address-end", "POST", dict.fromkeys(READERS, 303), make=a_board),
    Row("board_public:calendar", "GET", open_to_all(), otherwise=200, make=a_calendar_address),
    Row("board:motion-discussion", "GET", READERS, otherwise=404, make=a_motion),
    Row("board:motion-comment", "GET", only(200, *SPEAKERS), otherwise=404, make=a_motion),
    Row("board:motion-comment", "POST", only(303, *SPEAKERS), otherwise=404, make=a_motion, data=words),
    Row("board:motion-ask", "GET", only(200, *SPEAKERS), otherwise=404, make=a_motion),
    Row("board:motion-ask", "POST", only(303, *SPEAKERS), otherwise=404, make=a_motion, data=a_question),
    Row("board:comment-reply", "GET", only(200, *SPEAKERS), otherwise=404, make=a_comment),
    Row("board:comment-reply", "POST", only(303, *SPEAKERS), otherwise=404, make=a_comment, data=words),
    Row("board_public:decision-certificate-pdf", "GET", open_to_all(), otherwise=200, make=a_decision),
    Row("board:motion-pack", "GET", READERS, otherwise=404, make=a_motion),
    Row("board:motion-pack-export", "GET", READERS, otherwise=404, make=a_motion),
    Row("board:motion-pack-export", "POST", READERS, otherwise=404, make=a_motion),
    Row("board:setup", "GET", {"steward": 200, "secretary": 200}),
    Row("board:setup", "POST", {"steward": 303, "secretary": 303}),
    # The secretary is the second person; the steward, who proposed it, never confirms.
    Row("board:setup-confirm", "GET", {"secretary": 200}, make=a_founding),
    Row("board:setup-confirm", "POST", {"secretary": 303}, make=a_founding),
    Row("board:setup-return", "GET", {"secretary": 200, "steward": 200}, make=a_founding),
    Row("board:setup-return", "POST", {"secretary": 422, "steward": 422}, make=a_founding),
]
