from datetime import timedelta
from typing import Any

from core import clock
from tests.cast import Cast
from tests.factories import controls as make
from tests.security.permissions import Row

READERS = {"auditor": 200, "steward": 200, "secretary": 200}
AUDITOR = {"auditor": 200}
DONE = {"auditor": 303}


def a_defined_one(cast: Cast) -> dict[str, Any]:
    return {"test_id": make.defined(cast).pk}


def a_frozen_one(cast: Cast) -> dict[str, Any]:
    return {"test_id": make.frozen(cast).pk}


def a_drawn_one(cast: Cast) -> dict[str, Any]:
    return {"test_id": make.drawn(cast).pk}


def a_judged_one(cast: Cast) -> dict[str, Any]:
    return {"test_id": make.judge(cast, make.drawn(cast), "pass").pk}


def a_record(cast: Cast) -> dict[str, Any]:
    return {"test_id": make.drawn(cast).pk, "rank": 1}


def an_open_finding(cast: Cast) -> dict[str, Any]:
    return {"finding_id": make.raised(cast).pk}


def an_answered_finding(cast: Cast) -> dict[str, Any]:
    """By the steward; the archivist owns it."""
    return {"finding_id": make.answered(cast).pk}


def a_definition(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    today = clock.today().isoformat()
    said = {"title": make.RULE, "criterion": "It names both.", "population": "role_grants", "wanted": "3"}
    return {**said, "since": today, "until": today, "seed_source": "entered", "seed": "lantern"}


def a_finding(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    day = (clock.today() + timedelta(days=7)).isoformat()
    return {"title": "No giver", "detail": "None is named.", "severity": "minor", "answer_by": day}


def an_answer(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    day = (clock.today() + timedelta(days=7)).isoformat()
    return {"text": "We name them.", "owner_id": str(cast.person("archivist").pk), "due_on": day}


def what_is_missing(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"text": "Two are still missing.", "answer_by": (clock.today() + timedelta(days=7)).isoformat()}


def a_conclusion(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"conclusion": "The rule was kept."}


TABLE = [
    Row("controls:tests", "GET", READERS),
    Row("controls:tests", "POST", {}, otherwise=405),
    Row("controls:test-new", "GET", AUDITOR),
    Row("controls:test-new", "POST", DONE, data=a_definition),
    Row("controls:test", "GET", READERS, make=a_judged_one),
    Row("controls:test", "POST", {}, otherwise=405, make=a_defined_one),
    Row("controls:test-population", "GET", READERS, make=a_frozen_one),
    Row("controls:test-population", "POST", {}, otherwise=405, make=a_frozen_one),
    Row("controls:test-freeze", "GET", AUDITOR, make=a_defined_one),
    Row("controls:test-freeze", "POST", DONE, make=a_defined_one),
    Row("controls:test-draw", "GET", AUDITOR, make=a_frozen_one),
    Row("controls:test-draw", "POST", DONE, make=a_frozen_one),
    Row("controls:item-judge", "GET", AUDITOR, make=a_record),
    Row("controls:item-judge", "POST", DONE, make=a_record, data=lambda cast, kwargs: {"result": "pass"}),
    Row("controls:test-conclude", "GET", AUDITOR, make=a_judged_one),
    Row("controls:test-conclude", "POST", DONE, make=a_judged_one, data=a_conclusion),
    Row("controls:test-drop", "GET", AUDITOR, make=a_drawn_one),
    Row("controls:test-drop", "POST", DONE, make=a_drawn_one, data=a_conclusion),
    Row("controls:test-export", "GET", AUDITOR, make=a_frozen_one),
    Row("controls:test-export", "POST", AUDITOR, make=a_frozen_one),
    Row("controls:findings", "GET", READERS),
    Row("controls:findings", "POST", {}, otherwise=405),
    Row("controls:finding-new", "GET", AUDITOR),
    Row("controls:finding-new", "POST", DONE, data=a_finding),
    Row("controls:finding", "GET", READERS, make=an_open_finding),
    # Whoever was made its owner reads it, too.
    Row("controls:finding", "GET", {**READERS, "archivist": 200}, make=an_answered_finding),
    Row("controls:finding", "POST", {}, otherwise=405, make=an_open_finding),
    Row("controls:finding-answer", "GET", {"steward": 200, "secretary": 200}, make=an_open_finding),
    Row(
        "controls:finding-answer",
        "POST",
        {"steward": 303, "secretary": 303},
        make=an_open_finding,
        data=an_answer,
    ),
    Row(
        "controls:finding-answer",
        "POST",
        {"steward": 303, "secretary": 303, "archivist": 303},
        make=an_answered_finding,
        data=an_answer,
    ),
    Row("controls:finding-send-back", "GET", AUDITOR, make=an_answered_finding),
    Row("controls:finding-send-back", "POST", DONE, make=an_answered_finding, data=what_is_missing),
    Row("controls:finding-close", "GET", AUDITOR, make=an_answered_finding),
    Row("controls:finding-close", "POST", DONE, make=an_answered_finding, data=what_is_missing),
    Row("controls:finding-close", "POST", {"auditor": 409}, make=an_open_finding, data=what_is_missing),
    Row("controls:crosswalk", "GET", READERS),
    Row("controls:crosswalk", "POST", {}, otherwise=405),
]
