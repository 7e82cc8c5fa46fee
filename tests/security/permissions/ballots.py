"""What each role gets on the pages of votes."""

from datetime import timedelta
from typing import Any

from board.commands import boards
from board.commands.ballots import certify_result, take_position
from board.commands.entered import enter_recusal
from board.commands.fixes import propose_fix
from board.commands.withdrawals import ask_withdrawal
from board.models import Position, Seat
from core import clock
from tests.cast import Cast
from tests.factories.board import (
    closed_ballot_for,
    open_ballot_for,
    vote,
)
from tests.security.permissions import Row
from tests.security.permissions.board import MEMBERS, READERS, a_board, a_change, a_reason, only


def an_open_ballot(cast: Cast) -> dict[str, Any]:
    return {"ballot_id": open_ballot_for(cast).pk}


def a_ballot_elsewhere(cast: Cast) -> dict[str, Any]:
    """Of a board whose secretary is somebody else."""
    ballot = open_ballot_for(cast)
    boards.end_seat(
        actor=cast.steward, seat_id=Seat.objects.get(role="secretary").pk, basis="Another took over"
    )
    return {"ballot_id": ballot.pk}


def a_settled_ballot(cast: Cast) -> dict[str, Any]:
    ballot = closed_ballot_for(cast)
    return {"ballot_id": ballot.pk}


def a_certified_ballot(cast: Cast) -> dict[str, Any]:
    ballot = closed_ballot_for(cast)
    certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    return {"ballot_id": ballot.pk}


def a_vote(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    assert Position.objects.count() <= len(MEMBERS)
    return {"position": "approve"}


def entered(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"position": "approve", "member": str(cast.member.id)}


def a_conflict(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"category": "personal", "text": "A tie."}


def an_entered_position(cast: Cast) -> dict[str, Any]:
    ballot = open_ballot_for(cast)
    take_position(actor=cast.secretary, ballot_id=ballot.pk, position="approve", entered_for=cast.member.id)
    return {"ballot_id": ballot.pk, "number": 1}


def an_entered_recusal(cast: Cast) -> dict[str, Any]:
    ballot = open_ballot_for(cast)
    enter_recusal(
        actor=cast.secretary,
        ballot_id=ballot.pk,
        member_id=cast.member.id,
        category="other",
        text="Heard so.",
    )
    return {"ballot_id": ballot.pk}


def a_hold(cast: Cast) -> dict[str, Any]:
    ballot = open_ballot_for(cast)
    vote(ballot, "hold", cast.member)
    return {"ballot_id": ballot.pk}


def a_ballot_voted_on(cast: Cast) -> dict[str, Any]:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    return {"ballot_id": ballot.pk}


def a_withdrawal(cast: Cast) -> dict[str, Any]:
    made = a_ballot_voted_on(cast)
    ask_withdrawal(actor=cast.steward, ballot_id=made["ballot_id"], reason="The successor is late.")
    return made


def a_fix(cast: Cast) -> dict[str, Any]:
    ballot = open_ballot_for(cast)
    words = {"title": "Shall it open?", "text": "Open it.", "status_quo": "It stays closed."}
    propose_fix(actor=cast.steward, ballot_id=ballot.pk, reason="A slip of the pen.", **words)
    return {"ballot_id": ballot.pk}


def a_tie(cast: Cast) -> dict[str, Any]:
    """Under rules without a casting vote, so that nobody has one."""
    return a_settled_ballot(cast)


def a_confirmation(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"answer": "confirm"}


def a_recusal_for_the_member(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"member_id": str(cast.member.id), "category": "other", "text": "Heard so."}


def a_later_close(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"closes_at": (clock.now() + timedelta(days=12)).strftime("%Y-%m-%dT%H:%M"), "reason": "Illness."}


def a_casting_vote(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"position": "approve", "reason": "For the peace."}


def an_objection(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"objection": "The question stays."}


def better_words(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {**a_change(cast, kwargs), "reason": "A slip of the pen."}


def a_statement(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "late", "text": "I was travelling."}


def an_outcome(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"text": "It opens."}


TABLE = [
    Row("board:ballots", "GET", READERS, make=a_board),
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
    Row("board:ballot-remind", "GET", only(200, "secretary"), otherwise=404, make=an_open_ballot),
    Row("board:ballot-remind", "POST", only(303, "secretary"), otherwise=404, make=an_open_ballot),
    Row("board:ballot-remind", "POST", only(403), otherwise=404, make=a_ballot_elsewhere),
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
    Row("board:ballot-answer", "GET", only(200, "member"), otherwise=404, make=an_entered_position),
    Row(
        "board:ballot-answer",
        "POST",
        only(303, "member"),
        otherwise=404,
        make=an_entered_position,
        data=a_confirmation,
    ),
    Row("board:ballot-renew", "GET", only(200, *MEMBERS), otherwise=404, make=a_hold),
    Row(
        "board:ballot-renew",
        "POST",
        {**only(303, "member"), "chair": 409, "colleague": 409},
        otherwise=404,
        make=a_hold,
        data=a_reason,
    ),
    Row("board:ballot-recusal-enter", "GET", only(200, "secretary"), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-recusal-enter",
        "POST",
        only(303, "secretary"),
        otherwise=404,
        make=an_open_ballot,
        data=a_recusal_for_the_member,
    ),
    Row("board:ballot-recusal-answer", "GET", only(200, "member"), otherwise=404, make=an_entered_recusal),
    Row(
        "board:ballot-recusal-answer",
        "POST",
        only(303, "member"),
        otherwise=404,
        make=an_entered_recusal,
        data=a_confirmation,
    ),
    Row("board:ballot-extend", "GET", only(200, "chair"), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-extend",
        "POST",
        only(303, "chair"),
        otherwise=404,
        make=an_open_ballot,
        data=a_later_close,
    ),
    Row("board:ballot-casting-vote", "GET", only(403), otherwise=404, make=a_tie),
    Row("board:ballot-casting-vote", "POST", only(403), otherwise=404, make=a_tie, data=a_casting_vote),
    Row("board:ballot-withdraw", "GET", only(200, "steward"), otherwise=404, make=a_ballot_voted_on),
    Row(
        "board:ballot-withdraw",
        "POST",
        only(303, "steward"),
        otherwise=404,
        make=a_ballot_voted_on,
        data=a_reason,
    ),
    Row("board:ballot-withdraw-agree", "GET", only(200, "chair"), otherwise=404, make=a_withdrawal),
    Row("board:ballot-withdraw-agree", "POST", only(303, "chair"), otherwise=404, make=a_withdrawal),
    Row("board:ballot-withdraw-object", "GET", only(200, *MEMBERS), otherwise=404, make=a_withdrawal),
    Row(
        "board:ballot-withdraw-object",
        "POST",
        only(303, *MEMBERS),
        otherwise=404,
        make=a_withdrawal,
        data=an_objection,
    ),
    Row("board:ballot-fix", "GET", only(200, "steward", "secretary"), otherwise=404, make=an_open_ballot),
    Row(
        "board:ballot-fix",
        "POST",
        only(303, "steward", "secretary"),
        otherwise=404,
        make=an_open_ballot,
        data=better_words,
    ),
    Row("board:ballot-fix-decide", "GET", only(200, "secretary", "chair"), otherwise=404, make=a_fix),
    Row(
        "board:ballot-fix-decide",
        "POST",
        only(303, "secretary", "chair"),
        otherwise=404,
        make=a_fix,
        data=a_confirmation,
    ),
    Row("board:ballot-statement", "GET", only(200, *MEMBERS), otherwise=404, make=a_settled_ballot),
    Row(
        "board:ballot-statement",
        "POST",
        only(303, *MEMBERS),
        otherwise=404,
        make=a_settled_ballot,
        data=a_statement,
    ),
    Row("board:ballot-outcome", "GET", only(200, "secretary"), otherwise=404, make=a_certified_ballot),
    Row(
        "board:ballot-outcome",
        "POST",
        only(303, "secretary"),
        otherwise=404,
        make=a_certified_ballot,
        data=an_outcome,
    ),
    Row("board:ballot-certify", "GET", only(200, "secretary"), otherwise=404, make=a_settled_ballot),
    Row("board:ballot-certify", "POST", only(303, "secretary"), otherwise=404, make=a_settled_ballot),
    Row("board:ballot-minutes", "GET", READERS, otherwise=404, make=a_certified_ballot),
    Row("board:ballot-minutes-export", "GET", {}, otherwise=405, make=a_certified_ballot),
    Row("board:ballot-minutes-export", "POST", READERS, otherwise=404, make=a_certified_ballot),
]
