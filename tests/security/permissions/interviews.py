from typing import Any

from board.models import Board
from interviews.commands.plans import authorise_interview
from interviews.models import Interview
from interviews.queries.records import signing_digest
from tests.cast import Cast
from tests.factories import interviews as made
from tests.security.permissions import Row

OTHERS = (
    "steward",
    "secretary",
    "interviewer",
    "coder",
    "editor",
    "second_editor",
    "publisher",
    "archivist",
    "auditor",
)
BOARD = ("chair", "member", "colleague")
READ = dict.fromkeys((*OTHERS, *BOARD), 200)


def _version(cast: Cast) -> dict[str, Any]:
    return {"version_id": made.a_protocol(cast, frozen=False).pk}


def _frozen(cast: Cast) -> dict[str, Any]:
    return {"version_id": made.a_protocol(cast).pk}


def _of(interview: Interview) -> dict[str, Any]:
    return {"interview_id": interview.pk}


def _planned(cast: Cast) -> dict[str, Any]:
    return _of(made.planned(cast))


def _half_authorised(cast: Cast) -> dict[str, Any]:
    interview = made.planned(cast)
    authorise_interview(actor=cast.member, interview_id=interview.pk)
    return _of(interview)


def _authorised(cast: Cast) -> dict[str, Any]:
    return _of(made.authorised(cast))


def _started(cast: Cast) -> dict[str, Any]:
    return _of(made.started(cast))


def _collected(cast: Cast) -> dict[str, Any]:
    return _of(made.collected(cast))


def _sealed(cast: Cast) -> dict[str, Any]:
    return _of(made.sealed(cast))


def _unanswered(cast: Cast) -> dict[str, Any]:
    interview = made.sealed(cast)
    made.a_wish(cast, interview)
    return _of(interview)


def _signed_off(cast: Cast) -> dict[str, Any]:
    return _of(made.signed_off(cast))


def _session(cast: Cast) -> dict[str, Any]:
    return {"session_id": made.started(cast).sessions.get(number=1).pk}


def _wish(cast: Cast) -> dict[str, Any]:
    return {"preference_id": made.a_wish(cast, made.sealed(cast)).pk}


def _may(status: int, *roles: str) -> dict[str, int]:
    return dict.fromkeys(roles, status)


def _reason(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"reason": "The wrong endpoint was asked."}


def _answer(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"answer": "decline", "rationale": "It cannot be done here."}


def _signature(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    interview = Interview.objects.get(pk=kwargs["interview_id"])
    return {"digest": signing_digest(interview, interview.design), "read": "on"}


TABLE = [
    Row("interviews:protocol-list", "GET", READ),
    Row("interviews:protocol-list", "POST", {}, otherwise=405),
    Row("interviews:protocol-detail", "GET", READ, make=_version),
    Row("interviews:protocol-detail", "POST", {}, otherwise=405, make=_version),
    Row("interviews:protocol-draft", "GET", _may(200, "interviewer")),
    Row("interviews:protocol-draft", "POST", _may(422, "interviewer")),
    Row("interviews:protocol-freeze", "GET", _may(200, "coder", *BOARD), make=_version),
    # Where one act ends the matter, everybody who may comes too late, so that the order does not count.
    Row("interviews:protocol-freeze", "POST", _may(409, "coder", *BOARD), make=_frozen),
    Row("interviews:interview-list", "GET", READ),
    Row("interviews:interview-list", "POST", {}, otherwise=405),
    Row("interviews:interview-plan", "GET", _may(200, "interviewer")),
    Row("interviews:interview-plan", "POST", _may(422, "interviewer")),
    Row("interviews:interview-detail", "GET", READ, make=_started),
    Row("interviews:interview-detail", "POST", {}, otherwise=405, make=_planned),
    Row("interviews:interview-progress", "GET", READ, make=_started),
    Row("interviews:interview-progress", "POST", {}, otherwise=405, make=_planned),
    Row("interviews:interview-transcript", "GET", READ, make=_started),
    Row("interviews:interview-transcript", "POST", {}, otherwise=405, make=_planned),
    Row("interviews:interview-authorise", "GET", _may(200, "interviewer", *BOARD), make=_planned),
    Row("interviews:interview-authorise", "POST", _may(303, "interviewer"), make=_half_authorised),
    Row("interviews:interview-start", "GET", _may(200, "interviewer"), make=_authorised),
    Row("interviews:interview-start", "POST", _may(303, "interviewer"), make=_authorised),
    Row("interviews:interview-seal", "GET", _may(200, "interviewer"), make=_collected),
    Row("interviews:interview-seal", "POST", _may(409, "interviewer"), make=_started),
    Row("interviews:interview-sign-off", "GET", _may(200, "interviewer", "coder", *BOARD), make=_sealed),
    Row(
        "interviews:interview-sign-off",
        "POST",
        _may(409, "interviewer", "coder", *BOARD),
        make=_unanswered,
        data=_signature,
    ),
    Row("interviews:interview-void", "GET", _may(200, "interviewer", *BOARD), make=_planned),
    Row("interviews:interview-void", "POST", _may(409, *BOARD), make=_signed_off, data=_reason),
    Row("interviews:session-ask-again", "GET", _may(200, "interviewer"), make=_session),
    Row("interviews:session-ask-again", "POST", _may(409, "interviewer"), make=_session),
    Row("interviews:session-skip", "GET", _may(200, "interviewer"), make=_session),
    Row("interviews:session-skip", "POST", _may(303, "interviewer"), make=_session, data=_reason),
    Row("interviews:preference-list", "GET", READ),
    Row("interviews:preference-list", "POST", {}, otherwise=405),
    Row("interviews:preference-register", "GET", _may(200, "interviewer", "coder")),
    Row("interviews:preference-register", "POST", _may(422, "interviewer", "coder")),
    Row("interviews:preference-answer", "GET", _may(200, *BOARD), make=_wish),
    Row("interviews:preference-answer", "POST", _may(303, *BOARD), make=_wish, data=_answer),
    Row("interviews:preference-propose", "GET", _may(200, "steward", *BOARD), make=_wish),
    Row(
        "interviews:preference-propose",
        "POST",
        _may(303, "steward", *BOARD),
        make=_wish,
        data=lambda cast, kwargs: {**_answer(cast, kwargs), "board_id": str(Board.objects.get().pk)},
    ),
]
