"""A fictional vendor who edited its notice in place: two copies of its page, the second known three days ago.

No real vendor is said to have done it; the provider's name says that it is fictional.
"""

import json
from datetime import date, datetime, timedelta

from audit.origins import Kind, coming_from
from config.demo import texts
from config.demo.people import actor
from core import clock
from core.policies import Process
from lifecycle.commands import ai_models
from lifecycle.commands.notices import import_deprecations
from lifecycle.models import AIModel, ImportRun

SOURCE = "Lantern Labs, deprecations page (fictional)"
PROVIDER = "Lantern Labs (fictional)"
LARGE, SMALL = "lantern-2-large", "lantern-2-small"
PAGE = "https://lantern-labs.example/deprecations"

FIRST_SEEN, EDITED = timedelta(days=34), timedelta(days=3)
ENDS, ENDED_BEFORE = timedelta(days=41), timedelta(days=102)


def ensure_silent_edit() -> AIModel:
    """The vendor's model, whose last day moved by two months between two copies."""
    taken = ImportRun.objects.filter(source__name=SOURCE).count()
    now, today = clock.now(), clock.today()
    if taken == 0:
        _take_in(_copy(today, today + ENDED_BEFORE, "lantern-3-large"), now - FIRST_SEEN)
    if taken <= 1:
        _take_in(_copy(today, today + ENDS, "lantern-3-mini"), now - EDITED)
    ai_model = AIModel.objects.get(name=LARGE, provider=PROVIDER)
    ai_models.edit_ai_model(
        actor=actor("steward"),
        ai_model_id=ai_model.id,
        family="Lantern",
        description=f"Transcribes pages at night for two projects of ours. {texts.LABEL}",
    )
    return ai_model


def _take_in(copy: bytes, known_at: datetime) -> None:
    with coming_from(Kind.IMPORT, SOURCE):
        import_deprecations(
            actor=Process("Import of notices"), data=copy, source=SOURCE, source_url=PAGE, known_at=known_at
        )


def _copy(today: date, large_ends: date, large_replacement: str) -> bytes:
    announced = today - FIRST_SEEN - timedelta(days=1)
    rows = (
        (LARGE, announced, large_ends, large_replacement),
        (SMALL, announced, today + ENDED_BEFORE, "lantern-3-mini"),
    )
    return json.dumps(
        [
            {
                "provider": PROVIDER,
                "model_id": name,
                "deprecation_date": begins.isoformat(),
                "shutdown_date": ends.isoformat(),
                "replacement_models": [replacement],
                "url": PAGE,
            }
            for name, begins, ends, replacement in rows
        ]
    ).encode()
