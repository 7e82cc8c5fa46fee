"""Redaction: what may be blanked, the commands that propose, carry out and drop it, and where it shows.

The database does the blanking and holds it to what was decided (sql/redaction.sql).
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Cast

from audit import policies
from audit.catalogue import catalogue_anew
from audit.commands import because, command, locked, record
from audit.disclosures import BLANK, Disclosures, disclosed, undisclosed
from audit.events import Verb
from audit.models import Event, Redaction, TrackedModel
from audit.queries import tracked_models
from audit.registry import describe, forgets
from audit.states import REDACTION, RedactionReason, RedactionState
from core import clock
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import ALLOWED, Actor, Verdict, denied, require


@command(Verb.REDACTION_PROPOSED)
def propose_redaction(
    *, actor: Actor, record_type: str, row_id: UUID, columns: list[str], reason: str, explanation: str
) -> Redaction:
    """Ask another person to blank these fields of a row. Unacceptable: a field that cannot be blanked.

    NotFound: no version of such a row. IllegalMove: the same is proposed already.
    """
    require(policies.may_propose_redaction(actor))
    assert actor.id is not None, "a redaction is proposed by a person"
    model = tracked(record_type)
    if not model.history.filter(id=row_id).exists():
        raise NotFound("There is no such record.")
    if not columns or not set(columns) <= {name for name, _label in fields_of(model)}:
        raise Unacceptable("Choose at least one of the fields that can be blanked.", "columns")
    if Redaction.objects.filter(row_id=row_id, state=RedactionState.PROPOSED).exists():
        raise IllegalMove("A redaction of this record is proposed already. Confirm it or turn it down first.")
    row = Redaction(
        record_type=record_type,
        row_id=row_id,
        live_table=model._meta.db_table,
        history_table=model.history.model._meta.db_table,
        fields=sorted(columns),
        reason=RedactionReason(reason),
        explanation=explanation.strip(),
        proposed_by_id=actor.id,
        proposed_by_name=actor.name,
        proposed_at=clock.now(),
    )
    row.save(force_insert=True)
    record(row, reason=row.explanation)
    return row


@command(Verb.REDACTION_CARRIED_OUT)
def carry_out_redaction(*, actor: Actor, redaction_id: UUID) -> Redaction:
    """Blank what was proposed: in the row, in every version of it, and where documents and its events repeat it.

    Nobody can take it back.
    """
    row = locked(Redaction, redaction_id)
    require(policies.may_confirm_redaction(actor, row))
    require(sees(actor, row))
    REDACTION.require(row.state, RedactionState.CARRIED_OUT)
    because(row.explanation)
    row.state, row.confirmed_at = RedactionState.CARRIED_OUT, clock.now()
    row.confirmed_by_id, row.confirmed_by_name = actor.id, actor.name
    row.save()
    _blank_live_row(row)
    _undisclose_live_rows(row)
    left: dict[str, dict[str, str]] = {row.history_table: {}}
    with connection.cursor() as cursor:
        cursor.execute("select audit_redacted_texts(d) from audit_redaction d where id = %s", [row.pk])
        texts = cursor.fetchone()[0]
        for _, forget in forgets.items():
            forget(texts)
        # One row may be blanked twice, in its own words and in what it repeats: the later digest is what is left.
        cursor.execute("select place, key, digest from audit_redact(%s)", [row.pk])
        for place, key, digest in cursor.fetchall():
            left.setdefault(place, {})[str(key)] = digest
    row.versions = left.pop(row.history_table)
    row.copies = left or None
    row.save()
    catalogue_anew([int(number) for number in left.get(Event._meta.db_table, {})])
    data = {"record": f"{row.record_type}:{row.row_id}", "fields": row.fields, "versions": len(row.versions)}
    copies = sum(map(len, left.values()))
    record(row, reason=row.explanation, data=data | ({"copies": copies} if copies else {}))
    return row


@command(Verb.REDACTION_DROPPED)
def drop_redaction(*, actor: Actor, redaction_id: UUID, reason: str) -> Redaction:
    """Take it back, or turn it down. Nothing was blanked."""
    row = locked(Redaction, redaction_id)
    require(policies.may_drop_redaction(actor, row))
    REDACTION.require(row.state, RedactionState.DROPPED)
    row.state = RedactionState.DROPPED
    row.save()
    record(row, reason=reason)
    return row


def tracked(record_type: str) -> type[TrackedModel]:
    """The tracked model of this name, redactions themselves left out. NotFound: none."""
    for model in tracked_models():
        if model._meta.label == record_type and model is not Redaction:
            return model
    raise NotFound("There are no records of this kind.")


def model_of(row_id: UUID) -> type[TrackedModel] | None:
    """The model that has, or had, a row of this number; numbers are random, so that one is enough to know it."""
    return next(
        (m for m in tracked_models() if m is not Redaction and m.history.filter(id=row_id).exists()), None
    )


def fields_of(model: type[TrackedModel]) -> list[tuple[str, str]]:
    """Columns that can be blanked, with their names in words: free text and JSON, nothing that rules depend on."""
    return [
        (str(field.column), str(field.verbose_name))
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, models.SlugField)
        and not (field.choices or field.unique or field.primary_key or "digest" in field.name)
        and field.column not in model.not_redacted
        and (getattr(field, "max_length", None) or 100) >= len(BLANK)
    ]


def redactions_of(rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Redaction]]:
    """Those carried out, by (model label, row id)."""
    wanted = set(rows)
    if not wanted:
        return {}
    found: dict[tuple[str, str], list[Redaction]] = {}
    for row in Redaction.objects.filter(
        state=RedactionState.CARRIED_OUT, row_id__in={row_id for _label, row_id in wanted}
    ):
        if (row.record_type, str(row.row_id)) in wanted:
            found.setdefault((row.record_type, str(row.row_id)), []).append(row)
    return found


def redactions_of_event(number: int) -> list[Redaction]:
    """Those that blanked something the event of this number said."""
    done = Redaction.objects.filter(state=RedactionState.CARRIED_OUT)
    return list(done.filter(**{f"copies__{Event._meta.db_table}__has_key": str(number)}))


def with_words(document: Any, disclosures: Disclosures | None) -> Any:
    """A document as it is read: with its words, each knowing why it cannot be read where it was redacted.

    Asks for redactions only where there is one. Documents without disclosures hold their words themselves.
    """
    if disclosures is None:
        return document
    gone = {told["of"] for told in disclosures.values() if told.get("text", BLANK) == BLANK}
    of_rows = redactions_of((label, row_id) for label, row_id, _column in (of.split("/") for of in gone))
    said: dict[str, tuple[Redaction, ...]] = {}
    for of in gone:
        label, row_id, column = of.split("/")
        said[of] = tuple(row for row in of_rows.get((label, row_id), []) if column in row.fields)
    return disclosed(document, disclosures, said)


def blanked_in(row: models.Model) -> bool:
    """Whether something in this row reads as a redaction left it; fields that were not read are not asked for."""
    unread = row.get_deferred_fields()
    return any(
        _reads_as_blanked(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in unread
    )


def _reads_as_blanked(field: "models.Field[Any, Any]", value: Any) -> bool:
    """Nothing is empty JSON by itself, unless that is what it begins as."""
    if isinstance(field, models.JSONField):
        return value in ({}, []) and field.get_default() not in ({}, [])
    return isinstance(field, models.CharField | models.TextField) and value == BLANK


def proposed_to(actor: Actor) -> models.QuerySet[Redaction] | None:
    """Proposals of others, for those who may confirm one; None for everybody else."""
    if actor.id is None or not policies.may_judge_redactions(actor):
        return None
    return Redaction.objects.filter(state=RedactionState.PROPOSED).exclude(proposed_by_id=actor.id)


def waiting_for(actor: Actor) -> list[Redaction]:
    """Proposals that this person could confirm."""
    proposed = proposed_to(actor)
    return [row for row in proposed if sees(actor, row)] if proposed is not None else []


def sees(actor: Actor, redaction: Redaction) -> Verdict:
    """Whoever confirms must be able to judge it: to see the record, as its own app says."""
    row = tracked(redaction.record_type)._default_manager.filter(pk=redaction.row_id).first()
    if row is None or redaction.record_type not in describe:
        return ALLOWED
    if describe.get(redaction.record_type).visible(actor, row):
        return ALLOWED
    return denied("You cannot see this record, so you cannot judge this. Somebody who can see it confirms.")


def said_now(redaction: Redaction) -> list[tuple[str, str]]:
    """What the fields say, in words, for whoever decides: of the row, or of its newest version when it is gone."""
    model = tracked(redaction.record_type)
    row: Any = model._default_manager.filter(pk=redaction.row_id).first()
    row = row or model.history.filter(id=redaction.row_id).order_by("history_id").last()
    fields = [field for field in model._meta.concrete_fields if field.column in redaction.fields]
    return [(str(field.verbose_name), str(getattr(row, field.attname) or "")) for field in fields]


def _blank_live_row(redaction: Redaction) -> None:
    """A new version of the row, without what is redacted; a row that is gone has nothing to blank."""
    model: Any = apps.get_model(redaction.record_type)
    row = model._default_manager.select_for_update(no_key=True).filter(pk=redaction.row_id).first()
    if row is None:
        return
    for field in model._meta.concrete_fields:
        if field.column in redaction.fields:
            setattr(row, field.attname, _blanked(getattr(row, field.attname)))
    row.save()


def _undisclose_live_rows(redaction: Redaction) -> None:
    """A new version of every record that discloses what is redacted, without it."""
    for model in tracked_models():
        if "disclosures" not in {field.name for field in model._meta.concrete_fields}:
            continue
        rows: Any = model._default_manager.annotate(told=Cast("disclosures", models.TextField()))
        found = rows.filter(told__contains=f"{redaction.record_type}/{redaction.row_id}/").order_by("pk")
        for row in found.select_for_update(no_key=True, of=("self",)):
            left = undisclosed(row.disclosures, redaction.sources)
            if left != row.disclosures:
                row.disclosures = left
                row.save()


def _blanked(value: Any) -> Any:
    """As audit_blank in the database."""
    if value is None or value == "":
        return value
    return [] if isinstance(value, list) else {} if isinstance(value, dict) else BLANK
