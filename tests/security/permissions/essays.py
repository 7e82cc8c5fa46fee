"""Every page of columns and essays × method × role."""

from typing import Any

from board.models import Board
from tests.cast import ROLES, Cast
from tests.factories import essays as make
from tests.factories.board import found_board
from tests.provider import stops_at_limit
from tests.security.permissions import NOBODY, Row

READERS = (
    "steward",
    "chair",
    "member",
    "colleague",
    "secretary",
    "editor",
    "second_editor",
    "publisher",
    "auditor",
)
EDITORS = ("editor", "second_editor")
BOARD = ("chair", "member", "colleague")


def each(status: int, *roles: str) -> dict[str, int]:
    return dict.fromkeys(roles, status)


def a_column(cast: Cast) -> dict[str, Any]:
    return {"series_id": make.column(cast).id}


def being_written(cast: Cast) -> dict[str, Any]:
    return {"essay_id": make.requested(cast).id}


def in_review(cast: Cast) -> dict[str, Any]:
    return {"essay_id": make.written(cast).id}


def not_written(cast: Cast) -> dict[str, Any]:
    return {"essay_id": make.written(cast, stops_at_limit()).id}


def approved(cast: Cast) -> dict[str, Any]:
    return {"essay_id": make.approved(cast).id}


def paused(cast: Cast) -> dict[str, Any]:
    return {"essay_id": make.paused(cast).id}


def paused_before_a_board(cast: Cast) -> dict[str, Any]:
    found_board(cast)
    return paused(cast)


def a_veto(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {
        **the_text(kwargs),
        "board_id": str(Board.objects.get().pk),
        "reason_code": "privacy",
        "rationale": "A private person can be recognised in it.",
    }


def out(cast: Cast) -> dict[str, Any]:
    essay = make.published(cast).essay
    return {"series_slug": essay.series.slug, "slug": essay.slug}


def a_public_column(cast: Cast) -> dict[str, Any]:
    return {"series_slug": make.published(cast).essay.series.slug}


def founding(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    author = make.make_author(cast, make.make_endpoint(cast, "http://127.0.0.1:9"))
    return {
        "ai_model": str(author.id),
        "title": "Marginalia",
        "cadence": "weekly",
        "promised_issues": "13",
        "prompt": make.PROMPT,
        "disclaimer": make.DISCLAIMER,
        "edit_policy": make.EDIT_POLICY,
    }


def a_request(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"series": str(make.column(cast).id), "max_tokens": "600"}


def the_text(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"digest": make.text_of(make.Essay.objects.get(pk=kwargs["essay_id"])).essay_digest}


def a_review(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    ticked = {f"check_{key}": "on" for key in make.ALL_TICKED}
    return {**the_text(kwargs), **ticked, "recommendation": "publish"}


def a_publication(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return the_text(kwargs)


def a_decision(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {**the_text(kwargs), "capacity": "editor", "decision": "release", "rationale": "It may stand."}


def again(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"reason": "Cut off", "max_tokens": "600"}


def a_reason(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"reason": "Given up"}


def a_wording(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "prompt", "text": "Write what you like."}


EVERYBODY = each(200, NOBODY, *ROLES)

TABLE = [
    Row("essays:essays", "GET", each(200, *READERS)),
    Row("essays:series-list", "GET", each(200, *READERS)),
    Row("essays:series", "GET", each(200, *READERS), make=a_column),
    Row("essays:essay", "GET", each(200, *READERS), make=in_review),
    Row("essays:essay-progress", "GET", each(200, *READERS), make=being_written),
    Row("essays:series-found", "GET", each(200, "steward")),
    Row("essays:series-found", "POST", each(303, "steward"), data=founding),
    Row("essays:series-adopt", "GET", each(200, "steward"), make=a_column),
    Row("essays:series-adopt", "POST", each(303, "steward"), make=a_column, data=a_wording),
    Row("essays:essay-request", "GET", each(200, "steward")),
    Row("essays:essay-request", "POST", each(303, "steward"), data=a_request),
    Row("essays:essay-review", "GET", each(200, *EDITORS), make=in_review),
    Row("essays:essay-review", "POST", each(303, *EDITORS), make=in_review, data=a_review),
    Row("essays:essay-publish", "GET", each(200, "publisher"), make=approved),
    Row("essays:essay-publish", "POST", each(303, "publisher"), make=approved, data=a_publication),
    Row("essays:essay-ask-again", "GET", each(200, "steward", *EDITORS), make=not_written),
    # There is a text: those who may ask again are told that it is read, not rolled again.
    Row("essays:essay-ask-again", "POST", each(409, "steward", *EDITORS), make=in_review, data=again),
    Row("essays:essay-decide", "GET", each(200, *EDITORS, *BOARD), make=paused),
    # A board member cannot decide as editor: the form does not offer it.
    Row(
        "essays:essay-decide",
        "POST",
        {**each(303, *EDITORS), **each(422, *BOARD)},
        make=paused,
        data=a_decision,
    ),
    Row("essays:essay-veto", "GET", each(200, *BOARD), make=paused_before_a_board),
    Row("essays:essay-veto", "POST", each(303, *BOARD), make=paused_before_a_board, data=a_veto),
    Row("essays:essay-renew-disclaimer", "GET", each(200, "steward", *EDITORS), make=in_review),
    Row("essays:essay-renew-disclaimer", "POST", each(303, "steward", *EDITORS), make=in_review),
    Row("essays:essay-withdraw", "GET", each(200, "steward", *EDITORS), make=in_review),
    # The author is being asked: those who may withdraw are told to wait.
    Row("essays:essay-withdraw", "POST", each(409, "steward", *EDITORS), make=being_written, data=a_reason),
    Row("essays_public:columns", "GET", EVERYBODY),
    Row("essays_public:column", "GET", EVERYBODY, make=a_public_column),
    Row("essays_public:essay", "GET", EVERYBODY, make=out),
    Row("essays_public:essay-raw", "GET", EVERYBODY, make=out),
    Row("essays_public:essay-document", "GET", EVERYBODY, make=out),
]
