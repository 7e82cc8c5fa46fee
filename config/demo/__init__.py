"""The demonstration: the people of the fictional Aldgate Institute, its board, its test model, real notices.

Made through the same commands as everything else, and only once: what is there already stays as it is.
"""

from pathlib import Path

from django.conf import settings

from accounts.models import Person
from config.demo.models import add_what_opus_3_kept, ensure_models, local_endpoint
from config.demo.people import (
    BY_PART,
    DOMAIN,
    PEOPLE,
    actor,
    ensure_board,
    ensure_people,
    person,
    the_board,
)
from core.errors import IllegalMove

__all__ = [
    "BY_PART",
    "NOTICES",
    "PEOPLE",
    "actor",
    "add_what_opus_3_kept",
    "ensure_demo",
    "local_endpoint",
    "person",
    "the_board",
]

NOTICES = Path(__file__).parent.parent / "demo_data" / "deprecations-2026-05-22.json"


def ensure_demo() -> None:
    """Make what is missing of the people, the board and the test model's endpoint.

    IllegalMove when the installation has people of its own: a demonstration does not move in with them.
    """
    if Person.objects.exclude(user__email__endswith=f"@{DOMAIN}").exists():
        raise IllegalMove("This installation has people of its own; the demonstration stays out of it.")
    ensure_people()
    ensure_board()
    if settings.LOCAL_MODEL_URL:
        local_endpoint()
    ensure_models()
