"""Notices as the newest copy of their source has them, and what a new copy would change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import clock
from core.errors import IllegalMove, Unacceptable
from lifecycle import deprecations
from lifecycle.models import ImportRun, Notice, Source
from lifecycle.reconcile import Identity, Known, reconcile


@dataclass(frozen=True)
class Summary:
    """What an import did, or would do. `run` None: nothing changed, so nothing was written."""

    schema: str
    counts: dict[str, int]
    run: ImportRun | None = None

    def as_json(self) -> dict[str, Any]:
        return {**self.counts, "schema": self.schema}


def readable(data: bytes) -> deprecations.Copy:
    """The copy, read. Unacceptable when it cannot be read as a whole."""
    try:
        return deprecations.read(data)
    except deprecations.Unreadable as error:
        raise Unacceptable(str(error), "data") from error


def knowable(source: Source | None, known_at: datetime | None) -> datetime:
    """When a copy counts as known: now, unless said. Refused: the future, and before the source's newest copy."""
    now = clock.now()
    instant = known_at or now
    if instant > now:
        raise Unacceptable("We cannot have known this from a later time than now.", "known_at")
    latest = source.latest_known_at if source else None
    if latest is not None and instant < latest:
        raise IllegalMove(
            f"A copy of {source} known on {latest:%-d %b %Y, %H:%M} UTC has been taken in already, and this one"
            " would be older. Import copies in the order in which they were known."
        )
    return instant


def preview(data: bytes, source_name: str, known_at: datetime | None) -> Summary:
    """What importing a copy would do. Writes nothing; refuses what the import would refuse."""
    copy = readable(data)
    source = Source.objects.filter(name=source_name).first()
    knowable(source, known_at)
    return Summary(copy.schema, reconcile(known_notices(source), copy).counts)


def live_notices(source: Source) -> dict[Identity, Notice]:
    """Every notice of a source, withdrawn ones too, by provider and model id."""
    rows = Notice.objects.filter(source=source).select_related("deployment__ai_model")
    return {(row.provider, row.model_id): row for row in rows}


def known_notices(source: Source | None) -> dict[Identity, Known]:
    """What a new copy of the source is compared with."""
    if source is None:
        return {}
    return {
        who: Known(
            schema=row.schema,
            announced=row.announced,
            shutdown=row.shutdown,
            replacements=None if row.replacements is None else tuple(row.replacements),
            digest=row.digest,
            withdrawn=row.withdrawn_at is not None,
        )
        for who, row in live_notices(source).items()
    }
