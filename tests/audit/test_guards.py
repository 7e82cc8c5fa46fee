"""What the database refuses outside a command, and inside one: audit/sql/guards.sql on a real tracked table."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from accounts.models import Person
from audit.commands import opening, record
from audit.models import Event
from audit.testing import recorded
from core.policies import Process

TESTER = Process("Tester")


@pytest.fixture
def person(db: None) -> Person:
    with recorded():
        row = Person(name="Ada")
        row.save()
    return row


def check_now() -> None:
    """What a commit would do."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def by_update(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(name="Eve")
    check_now()


def by_bulk_create(person: Person) -> None:
    Person.objects.bulk_create([Person(name="Eve")])
    check_now()


def by_bulk_update(person: Person) -> None:
    person.name = "Eve"
    Person.objects.bulk_update([person], ["name"])
    check_now()


def by_save(person: Person) -> None:
    person.name = "Eve"
    person.save()


def by_save_without_history(person: Person) -> None:
    person.name = "Eve"
    person.save_without_historical_record()  # type: ignore[attr-defined]
    check_now()


def by_switching_history_off(person: Person) -> None:
    with override_settings(SIMPLE_HISTORY_ENABLED=False):
        person.name = "Eve"
        person.save()
    check_now()


def by_raw_update(person: Person) -> None:
    sql("update accounts_person set name = 'Eve' where id = %s", person.pk)
    check_now()


def by_raw_insert(person: Person) -> None:
    sql("insert into accounts_person values (%s, 'Eve', '', true, null)", uuid.uuid4())
    check_now()


def by_raw_delete(person: Person) -> None:
    sql("delete from accounts_person where id = %s", person.pk)
    check_now()


def by_fixture(person: Person) -> None:
    person.name = "Eve"
    person.save_base(raw=True)
    check_now()


def by_queryset_raw_delete(person: Person) -> None:
    rows = Person.objects.filter(pk=person.pk)
    rows._raw_delete(rows.db)
    check_now()


def by_truncate(person: Person) -> None:
    sql("truncate accounts_person cascade")


def by_editing_a_version(person: Person) -> None:
    Person.history.filter(id=person.pk).update(name="Eve")


def by_deleting_a_version(person: Person) -> None:
    Person.history.filter(id=person.pk).delete()


def by_truncating_history(person: Person) -> None:
    sql("truncate accounts_historicalperson")


def by_inventing_a_version(person: Person) -> None:
    Person.history.model.objects.create(
        id=person.pk, name="Eve", history_date="1999-01-01T00:00Z", history_type="~"
    )


def by_editing_an_event(person: Person) -> None:
    Event.objects.update(actor_name="Eve")


def by_deleting_an_event(person: Person) -> None:
    sql("delete from audit_event")


def by_inventing_an_event(person: Person) -> None:
    Event.objects.create(verb="accounts.person.admitted", actor_name="Eve", origin="web")


ROUTES = [value for name, value in sorted(globals().items()) if name.startswith("by_")]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_outside_a_command_the_database_refuses(route, person: Person) -> None:
    versions, events = Person.history.count(), Event.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        route(person)
    assert Person.objects.get(pk=person.pk).name == "Ada"
    assert (Person.history.count(), Event.objects.count()) == (versions, events)


WITHOUT_HISTORY = [
    by_update,
    by_bulk_create,
    by_bulk_update,
    by_save_without_history,
    by_switching_history_off,
    by_raw_update,
    by_raw_insert,
    by_raw_delete,
    by_fixture,
    by_queryset_raw_delete,
    by_truncate,
    by_editing_a_version,
    by_deleting_a_version,
    by_inventing_a_version,
]


def test_routes_around_history_are_refused_even_inside_a_command(fresh_db: str) -> None:
    with recorded():
        person = Person(name="Ada")
        person.save()
    for route in WITHOUT_HISTORY:
        with pytest.raises(IntegrityError), opening("test.person.changed", TESTER):  # noqa: PT012  the commit refuses
            route(person)
            record(person)
        assert Person.objects.get(pk=person.pk).name == "Ada", route.__name__
    assert Person.history.filter(id=person.pk).count() == 1


def test_a_backdated_version_bears_the_databases_time_event_and_transaction(person: Person) -> None:
    with opening("test.person.changed", TESTER) as opened:
        person.name = "Grace"
        person._history_date = "1999-01-01T00:00Z"  # type: ignore[attr-defined]
        person.save()
        event = record(person)
    version = Person.history.filter(id=person.pk).first()
    assert version.history_date.year > 2000
    assert version.event_id == event.number == opened.number
    assert version.actor_name == "Tester"


def test_an_event_of_an_earlier_transaction_cannot_cover_a_change(fresh_db: str) -> None:
    with recorded():
        person = Person(name="Ada")
        person.save()
    earlier = Event.objects.latest("number")
    with pytest.raises(IntegrityError, match="not of this transaction"), transaction.atomic():  # noqa: PT012  the commit refuses
        sql("select set_config('audit.event', %s, true)", str(earlier.number))
        person.name = "Eve"
        person.save()
    assert Person.objects.get(pk=person.pk).name == "Ada"


def test_each_version_has_a_digest_of_its_own_salt_that_recomputes(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select version_digest = audit_digest(salt, to_jsonb(h)), salt is not null from accounts_historicalperson h"
        )
        assert cursor.fetchall() == [(True, True)]


def test_a_column_added_later_does_not_change_an_old_digest(fresh_db: str) -> None:
    with recorded():
        Person(name="Ada").save()
    sql("alter table accounts_historicalperson add column pronoun text")
    with connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        cursor.execute(
            "select bool_and(version_digest = audit_digest(salt, to_jsonb(h))) from accounts_historicalperson h"
        )
        assert cursor.fetchone() == (True,)


def test_a_deletion_leaves_its_version(person: Person) -> None:
    key = person.pk
    with opening("test.person.removed", TESTER):
        record(person)
        person.delete()
    assert [version.history_type for version in Person.history.filter(id=key)] == ["-", "+"]
