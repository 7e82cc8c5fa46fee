"""For every tracked table, from the list of models: no way of writing leaves the guards out.

A lived-in database, really committed; each attempt is made inside a transaction of its own, outside a command and
inside one that writes no version, and refused at the latest when it would commit.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.test import override_settings

from accounts.models import Person, User
from audit.commands import opening, record
from audit.models import Event
from audit.queries import tracked_models
from audit.redactions import propose_redaction
from board.commands.ballots import close_ballot
from board.commands.discussion import comment
from board.commands.fixes import propose_fix
from board.commands.statements import make_statement
from board.models import Board
from core.policies import Process
from tests.cast import Cast, admit_cast
from tests.databases import fresh_database
from tests.factories.board import move_motion, open_ballot_for, vote
from tests.factories.house import furnish

MODELS = tracked_models()
OF_THE_GUARDS = (
    "no command is open",
    "unaudited",
    "differs from its history",
    "does not say",
    "append-only",
    "was changed",
    "not of this transaction",
    "is not changed",
)
FORGED: dict[str, str] = {
    "text": "{column} || ' forged'",
    "character varying": "left({column}, 1) || 'x'",
    "boolean": "not {column}",
    "integer": "{column} + 1",
    "smallint": "{column} + 1",
    "bigint": "{column} + 1",
    "date": "{column} + 1",
    "timestamp with time zone": "{column} + interval '1 day'",
    "jsonb": """'{{"forged": true}}'::jsonb""",
    "bytea": "sha256({column})",
}


@pytest.fixture(scope="module")
def house(_template_database: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), fresh_database(_template_database):
        cast = admit_cast()
        furnish(cast)
        _do_what_is_seldom_done(cast)
        yield


def _do_what_is_seldom_done(cast: Cast) -> None:
    """So that these tables have rows, too."""
    motion = move_motion(cast, Board.objects.get())
    comment(actor=cast.member, motion_id=motion.pk, text="I should like to see the lamps first.")
    ballot = open_ballot_for(cast, motion)
    words = {"title": "Shall it open?", "text": motion.text, "status_quo": motion.status_quo}
    propose_fix(actor=cast.steward, ballot_id=ballot.pk, reason="A slip of the pen.", **words)
    vote(ballot, "approve", cast.chair, cast.member)
    vote(ballot, "reject", cast.colleague)
    close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    make_statement(
        actor=cast.colleague, ballot_id=ballot.pk, kind="minority", text="It costs more than it gives."
    )
    propose_redaction(
        actor=cast.steward,
        record_type="accounts.Person",
        row_id=cast.person("editor").pk,
        columns=["affiliation"],
        reason="privacy",
        explanation="They asked for it.",
    )


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def some_row(model: type[models.Model]) -> Any:
    row = model._default_manager.first()
    assert row is not None, "only models that have rows are asked for one"
    return row


def forgeries(model: type[models.Model]) -> list[str]:
    """`column = another value of its type`, for each column that takes one and is set in some row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name, data_type from information_schema.columns where table_schema = current_schema()"
            " and table_name = %s and column_name <> %s",
            [model._meta.db_table, model._meta.pk.column],
        )
        columns = cursor.fetchall()
    return [
        f'"{name}" = {FORGED[kind].format(column=chr(34) + name + chr(34))}'
        for name, kind in columns
        if kind in FORGED
        and sql(f'select 1 from "{model._meta.db_table}" where "{name}" is not null limit 1') > 0
    ]


def refused(attempt: Callable[[], object], *, in_command: bool) -> str:
    """What the database said. An AssertionError when it let the attempt pass."""
    around: Any = opening("test.attempt.made", Process("Tester")) if in_command else transaction.atomic()
    try:
        with around:
            attempt()
            if in_command:
                record()
                sql("set constraints audit_demand immediate")
            else:
                # Before the keys that point to a row, which would refuse its deletion as well.
                sql("set constraints audit_demand, audit_witness immediate")
    except IntegrityError as error:
        return str(error)
    raise AssertionError("it was let pass")


def by_update(model: type[models.Model]) -> list[Callable[[], object]]:
    table = model._meta.db_table
    return [
        lambda forgery=forgery: sql(f'update "{table}" set {forgery}')  # type: ignore[misc]
        for forgery in forgeries(model)
    ]


def by_queryset_update(model: type[models.Model]) -> list[Callable[[], object]]:
    """One row, to what it says already: told from nothing at all only by the version that is missing."""
    row = some_row(model)
    field = next(f for f in model._meta.concrete_fields if not f.primary_key)
    value = row.serializable_value(field.attname)
    return [lambda: model._default_manager.filter(pk=row.pk).update(**{field.attname: value})]


def by_insert(model: type[models.Model]) -> list[Callable[[], object]]:
    """A copy of a row under a new key; where something else in it is unique, that refuses it first."""
    table, key = model._meta.db_table, model._meta.pk.column
    return [
        lambda: sql(
            f'insert into "{table}" select (jsonb_populate_record(null::"{table}", to_jsonb(t) ||'
            f" jsonb_build_object('{key}', %s::text))).* from \"{table}\" t limit 1",
            str(uuid.uuid4()),
        )
    ]


def by_delete(model: type[models.Model]) -> list[Callable[[], object]]:
    table = model._meta.db_table
    return [lambda: sql(f'delete from "{table}"')]


def by_raw_delete(model: type[models.Model]) -> list[Callable[[], object]]:
    rows = model._default_manager.all()
    return [lambda: rows._raw_delete(rows.db)]


def by_truncate(model: type[models.Model]) -> list[Callable[[], object]]:
    return [lambda: sql(f'truncate "{model._meta.db_table}" cascade')]


def by_saving_without_history(model: type[models.Model]) -> list[Callable[[], object]]:
    return [lambda: some_row(model).save_without_historical_record()]


def by_switching_history_off(model: type[models.Model]) -> list[Callable[[], object]]:
    def attempt() -> None:
        with override_settings(SIMPLE_HISTORY_ENABLED=False):
            some_row(model).save()

    return [attempt]


def by_fixture(model: type[models.Model]) -> list[Callable[[], object]]:
    """As `loaddata` does it: what was written out is read back and saved raw."""

    def attempt() -> None:
        written = serializers.serialize("json", [some_row(model)])
        for read in serializers.deserialize("json", written):
            read.save()

    return [attempt]


def by_bulk_create(model: type[models.Model]) -> list[Callable[[], object]]:
    def attempt() -> None:
        row = some_row(model)
        row.pk = uuid.uuid4()
        model._default_manager.bulk_create([row])

    return [attempt]


def by_bulk_update(model: type[models.Model]) -> list[Callable[[], object]]:
    def attempt() -> None:
        row = some_row(model)
        field = next(f for f in model._meta.concrete_fields if not f.primary_key)
        model._default_manager.bulk_update([row], [field.name])

    return [attempt]


def by_editing_a_version(model: type[models.Model]) -> list[Callable[[], object]]:
    history = model.history.model  # type: ignore[attr-defined]
    return [lambda: history.objects.update(actor_name="Eve")]


def by_deleting_a_version(model: type[models.Model]) -> list[Callable[[], object]]:
    table = model.history.model._meta.db_table  # type: ignore[attr-defined]
    return [lambda: sql(f'delete from "{table}"'), lambda: sql(f'truncate "{table}"')]


def by_inventing_a_version(model: type[models.Model]) -> list[Callable[[], object]]:
    """A copy of a version of a row under a key that no row has, or of a deletion that never was."""
    table, key = model.history.model._meta.db_table, model._meta.pk.column  # type: ignore[attr-defined]
    copied = (
        f'insert into "{table}" select (jsonb_populate_record(null::"{table}", to_jsonb(t) || %s::jsonb)).*'
        f" from \"{table}\" t where t.history_type <> '-' order by history_id desc limit 1"
    )
    return [
        lambda: sql(copied, f'{{"history_id": 900000001, "{key}": "{uuid.uuid4()}"}}'),
        lambda: sql(copied, '{"history_id": 900000002, "history_type": "-"}'),
    ]


def by_an_old_event(model: type[models.Model]) -> list[Callable[[], object]]:
    """An honest save under an event that is over."""

    def attempt() -> None:
        sql("select set_config('audit.event', %s, true)", str(Event.objects.latest("number").number))
        some_row(model).save()

    return [attempt]


ROUTES = [value for name, value in sorted(globals().items()) if name.startswith("by_")]
# These are told from honest work only by who stands behind them: nobody.
OUTSIDE_ONLY = {by_an_old_event}
# Here a unique key often refuses the copy before the guard is asked.
OTHERS_MAY_REFUSE = {by_insert, by_bulk_create}
# What has no row in the house: nothing to change, so only these ways are tried.
WITHOUT_ROWS = {by_truncate}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_no_tracked_table_can_be_written_around_its_guards(
    route: Callable[[type[models.Model]], list[Callable[[], object]]], house: None
) -> None:
    passed, other, tried = [], [], 0
    for model in MODELS:
        if route not in WITHOUT_ROWS and not model._default_manager.exists():
            continue
        for in_command in (False, True) if route not in OUTSIDE_ONLY else (False,):
            said = []
            for attempt in route(model):
                tried += 1
                try:
                    said.append(refused(attempt, in_command=in_command))
                except AssertionError:
                    passed.append(f"{model._meta.label} {'in' if in_command else 'outside'} a command")
            if said and not any(_of_the_guards(sentence) for sentence in said):
                other.append(f"{model._meta.label}: {said[0].splitlines()[0]}")
    assert passed == []
    assert tried > len(MODELS) / 2
    if route not in OTHERS_MAY_REFUSE:
        assert other == []


def _of_the_guards(sentence: str) -> bool:
    return any(part in sentence for part in OF_THE_GUARDS)


def test_most_tables_have_rows_to_try_it_on(house: None) -> None:
    empty = [model._meta.label for model in MODELS if not model._default_manager.exists()]
    assert len(empty) < len(MODELS) / 4, empty


def test_no_version_can_be_backdated_in_any_table(house: None) -> None:
    """However it is tried, its time, event and transaction are the database's."""
    tried = written_anew = 0
    for model in MODELS:
        history: Any = model.history.model
        if not model._default_manager.exists():
            continue
        tried += 1
        before = history.objects.latest("history_id")
        try:
            with opening("test.attempt.made", Process("Tester")) as opened:
                row = some_row(model)
                row._history_date = "1999-01-01T00:00Z"
                row.save()
                record()
        except IntegrityError as error:
            assert _of_the_guards(str(error)), error  # noqa: PT017  rows that never change refuse the save itself
            continue
        written_anew += 1
        written = history.objects.latest("history_id")
        assert written.history_id > before.history_id
        assert written.history_date >= before.history_date
        assert written.history_date.year > 2000, model._meta.label
        assert written.event_id == opened.number
    assert tried > written_anew > 0
    assert tried > len(MODELS) / 2


def test_an_event_cannot_be_backdated_or_numbered_at_will(house: None) -> None:
    with opening("test.attempt.made", Process("Tester")) as opened:
        sql(
            "insert into audit_event (verb, outcome, actor_name, actor_roles, on_behalf_of_name, target_type,"
            " target_id, target_label, reason, data, origin, reference, at, xid, caused_by_id) values"
            " ('test.attempt.made', 'done', 'Eve', '', '', '', '', '', '', '{}', 'web', '', '1999-01-01', 1, null)"
        )
        record()
    forged = Event.objects.get(actor_name="Eve")
    assert forged.at is not None
    assert forged.at.year > 2000
    assert forged.xid == opened.events[0].__class__.objects.get(number=opened.number).xid
    assert forged.caused_by_id == opened.number


def test_nobody_can_be_deleted_and_what_they_did_keeps_their_name(house: None) -> None:
    """Neither the credentials nor the person, by neither the ORM nor SQL; versions hold no key to either."""
    person = Person.objects.exclude(user=None).filter(grants__isnull=False).first()
    assert person is not None
    attempts: list[Callable[[], object]] = [
        person.user.delete,
        lambda: sql("delete from accounts_user where id = %s", person.user_id),
        lambda: User.objects.filter(pk=person.user_id)._raw_delete("default"),
        person.delete,
        lambda: sql("delete from accounts_person where id = %s", person.pk),
    ]
    said_by = set(Event.objects.filter(actor_id=person.pk).values_list("actor_name", flat=True))
    for attempt in attempts:
        for around in (transaction.atomic(), opening("test.attempt.made", Process("Tester"))):
            with pytest.raises(IntegrityError), around:  # noqa: PT012  the commit refuses at the latest
                attempt()
                sql("set constraints all immediate")
    assert Person.objects.filter(pk=person.pk, user__isnull=False).exists()
    assert set(Event.objects.filter(actor_id=person.pk).values_list("actor_name", flat=True)) == said_by
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid in"
            " ('accounts_user'::regclass, 'accounts_person'::regclass)"
            " and (conrelid::regclass::text like '%%historical%%' or conrelid = 'audit_event'::regclass)"
        )
        assert cursor.fetchall() == []
