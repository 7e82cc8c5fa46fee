"""What goes on saying a text after it was redacted, told to whoever proposes or confirms a redaction."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from audit.models import TrackedModel
from audit.registry import outlasting
from audit.withholding import withheld_from
from core.policies import Actor


def outlasting_of(
    actor: Actor, model: type[TrackedModel], row_id: UUID, columns: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """By column, the records (label, address) that no redaction of it reaches, as far as the actor may know of them.

    What any version of the row says counts. A record kept from the actor now is told nothing of.
    """
    if str(row_id) in withheld_from(actor).records.get(model._meta.label, ()):
        return {}
    said = _said(model, row_id, list(columns))
    found: dict[str, list[tuple[str, str]]] = {}
    for _, repeat in outlasting.items() if said else ():
        for column, records in repeat(actor, said).items():
            found.setdefault(column, []).extend(records)
    return found


def _said(model: type[TrackedModel], row_id: UUID, columns: list[str]) -> dict[str, list[str]]:
    """What each column says in any version of the row; nothing of those that say nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [model.history.model._meta.db_table, str(row_id), columns])
        return {column: texts for column, texts in cursor.fetchall() if texts}


# The texts that a redaction of each column alone would take away.
_SAID = """
select named, audit_redacted_texts(jsonb_populate_record(null::audit_redaction, jsonb_build_object(
    'history_table', %s::text, 'row_id', %s::text, 'fields', jsonb_build_array(named)))) from unnest(%s::text[]) named
"""
