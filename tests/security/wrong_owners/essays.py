"""Wrong owners of essays."""

from tests.cast import Cast
from tests.factories import board as make_board
from tests.factories import essays as make_essay
from tests.security.permissions import essays as of_essays
from tests.security.wrong_owners import Kwargs, Made, WrongOwner, also


def editor_who_commissioned_it(cast: Cast) -> Made:
    essay = make_essay.written(cast)
    return {"essay_id": essay.pk}, also(cast, "steward", "editor")


def editor_who_commissioned_what_is_paused(cast: Cast) -> Made:
    return {"essay_id": make_essay.paused(cast).pk}, also(cast, "steward", "editor")


def member_who_commissioned_what_is_paused(cast: Cast) -> Made:
    make_board.found_board(cast)
    return {"essay_id": make_essay.paused(cast).pk}, also(cast, "steward", "board_member")


def publisher_who_commissioned_it(cast: Cast) -> Made:
    essay = make_essay.approved(cast)
    return {"essay_id": essay.pk}, also(cast, "steward", "publisher")


def a_veto(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return of_essays.a_veto(cast, kwargs)


def a_review(cast: Cast, kwargs: Kwargs) -> Kwargs:
    text = make_essay.text_of(make_essay.Essay.objects.get(pk=kwargs["essay_id"]))
    ticked = {f"check_{key}": "on" for key in make_essay.ALL_TICKED}
    return {**ticked, "digest": text.essay_digest, "recommendation": "publish"}


def a_decision(cast: Cast, kwargs: Kwargs) -> Kwargs:
    said = {"capacity": "editor", "decision": "release", "rationale": "It may stand."}
    return {"digest": a_review(cast, kwargs)["digest"], **said}


TABLE = [
    WrongOwner(
        "the editor who commissioned it", "essays:essay-review", 403, editor_who_commissioned_it, a_review
    ),
    WrongOwner(
        "the editor who commissioned it",
        "essays:essay-decide",
        403,
        editor_who_commissioned_what_is_paused,
        a_decision,
    ),
    WrongOwner(
        "the member who commissioned it",
        "essays:essay-veto",
        403,
        member_who_commissioned_what_is_paused,
        a_veto,
    ),
    WrongOwner(
        "the publisher who commissioned it",
        "essays:essay-publish",
        403,
        publisher_who_commissioned_it,
        a_review,
    ),
]
