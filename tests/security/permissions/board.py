from datetime import timedelta
from typing import Any

from board.commands.ballots import certify_result
from board.models import Board, Motion, Position
from core import clock
from tests.cast import Cast
from tests.factories.board import closed_ballot_for, found_board, move_motion, open_ballot_for
from tests.security.permissions import NOBODY, Row

READERS = {"steward": 200, "chair": 200, "member": 200, "colleague": 200, "secretary": 200, "auditor": 200}
MEMBERS = {"chair", "member", "colleague"}
MOVERS = {"steward", *MEMBERS}


def only(status: int, *roles: str, readers: int = 403) -> dict[str, int]:
    """The status for these roles; `readers` for whoever else may read the board; the rest get 404."""
    return {**dict.fromkeys(READERS, readers), **dict.fromkeys(roles, status)}


def an_open_ballot(cast: Cast) -> dict[str, Any]:
    return {"ballot_id": open_ballot_for(cast).pk}


def a_settled_ballot(cast: Cast) -> dict[str, Any]:
    ballot = closed_ballot_for(cast)
    return {"ballot_id": ballot.pk}


def a_motion(cast: Cast) -> dict[str, Any]:
    return {"motion_id": move_motion(cast, found_board(cast)).pk}


def a_board(cast: Cast) -> dict[str, Any]:
    found_board(cast)
    return {}


def a_decision(cast: Cast) -> dict[str, Any]:
    return {"number": certify_result(actor=cast.secretary, ballot_id=closed_ballot_for(cast).pk).number}


def a_vote(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    assert Position.objects.count() <= len(MEMBERS)
    return {"position": "approve"}


def entered(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"position": "approve", "member": str(cast.member.id)}


def a_conflict(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"category": "personal", "text": "A tie."}


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


def open_to_all() -> dict[str, int]:
    return {NOBODY: 200}


TABLE = [
    Row("board:board", "GET", READERS, make=a_board),
    Row("board:ballots", "GET", READERS, make=a_board),
    Row("board:motions", "GET", READERS, make=a_board),
    Row("board:ballot", "GET", READERS, otherwise=404, make=an_open_ballot),
    Row("board:ballot", "POST", {}, otherwise=405, make=an_open_ballot),
    Row("board:ballot-tally", "GET", READERS, otherwise=404, make=an_open_ballot),
    Row("board:ballot-position", "GET", only(200, *MEMBERS), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-position", "POST", only(303, *MEMBERS), otherwise=404, make=an_open_ballot, data=a_vote
    ),
    Row("board:ballot-enter", "GET", only(200, "secretary"), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-enter", "POST", only(303, "secretary"), otherwise=404, make=an_open_ballot, data=entered
    ),
    Row("board:ballot-recuse", "GET", only(200, *MEMBERS), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-recuse",
        "POST",
        only(303, *MEMBERS),
        otherwise=404,
        make=an_open_ballot,
        data=a_conflict,
    ),
    Row("board:ballot-close", "GET", only(200, "secretary"), otherwise=404, make=an_open_ballot),
    Row("board:ballot-close", "POST", only(409, "secretary"), otherwise=404, make=an_open_ballot),
    Row("board:ballot-supersede", "GET", only(200, "secretary"), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-supersede",
        "POST",
        only(303, "secretary"),
        otherwise=404,
        make=an_open_ballot,
        data=a_reason,
    ),
    Row("board:ballot-certify", "GET", only(200, "secretary"), otherwise=404, make=a_settled_ballot),
    Row("board:ballot-certify", "POST", only(303, "secretary"), otherwise=404, make=a_settled_ballot),
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
]
