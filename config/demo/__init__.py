"""The demonstration: the people of the fictional Aldgate Institute, its board, its test model, real notices.

Made through the same commands as everything else, and only once: what is there already stays as it is.
"""

from pathlib import Path

from django.conf import settings

from accounts.models import Person
from config.demo.boards import ensure_walkthrough_board
from config.demo.cases import ensure_answer_to, ensure_haldane_1, ensure_haldane_2, ensure_wren
from config.demo.controls import ensure_control_tests
from config.demo.essays import ensure_column
from config.demo.guidelines import ensure_change_of_guidelines, ensure_guidelines
from config.demo.models import add_what_opus_3_kept, ensure_models, local_endpoint
from config.demo.notices import ensure_silent_edit
from config.demo.people import (
    BY_PART,
    DOMAIN,
    PEOPLE,
    actor,
    ensure_people,
    person,
    the_board,
)
from config.demo.promises import ensure_promises
from config.demo.suspensions import ensure_drill
from config.demo.voice import has_spoken, speaking
from config.demo.votes import ensure_secret_vote
from core.errors import IllegalMove

__all__ = [
    "BY_PART",
    "NOTICES",
    "PEOPLE",
    "actor",
    "add_what_opus_3_kept",
    "ensure_demo",
    "ensure_story",
    "local_endpoint",
    "person",
    "the_board",
]

NOTICES = Path(__file__).parent.parent / "demo_data" / "deprecations-2026-05-22.json"


def ensure_demo() -> None:
    """Make what is missing of the people, their boards, the models and the test model's endpoint.

    IllegalMove when the installation has people of its own: a demonstration does not move in with them.
    """
    if Person.objects.exclude(user__email__endswith=f"@{DOMAIN}").exists():
        raise IllegalMove("This installation has people of its own; the demonstration stays out of it.")
    ensure_people()
    ensure_walkthrough_board()
    if settings.LOCAL_MODEL_URL:
        local_endpoint()
    ensure_models()


def ensure_story() -> None:
    """Make what is missing of guidelines, cases, votes, essays, promises, control tests; once all is told, nothing."""
    if has_spoken():
        return
    with speaking():
        ensure_guidelines()
        ensure_haldane_1()
        ensure_wren()
        ensure_haldane_2()
        ensure_column()
        ensure_promises()
        ensure_drill()
        ensure_answer_to(ensure_silent_edit())
        ensure_control_tests()
        ensure_change_of_guidelines()
        ensure_secret_vote()
