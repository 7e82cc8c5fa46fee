"""A prepared query answers as the queryset it was written from, whatever it is given; the clock stays out of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, RoleGrant
from accounts.queries import organisation
from core import clock
from core.policies import Actor, any_of
from core.prepared import Given, OneOf, Prepared, written_blindly, written_once
from core.reading import one_reading
from tests.cast import Cast


def test_it_answers_for_whoever_is_given(cast: Cast) -> None:
    grants = RoleGrant.objects.filter(person=OuterRef("pk")).exclude(granted_by_id=Given("who"))
    people = Person.objects.filter(pk=Given("who")).order_by()
    query = Prepared(people.values_list("name", Exists(grants)))
    for part in ("member", "editor"):
        person = cast.person(part)
        [(name, granted)] = query.ask(who=person.pk)
        others = RoleGrant.objects.filter(person=person).exclude(granted_by=person)
        assert (name, granted) == (person.name, others.exists())
    with CaptureQueriesContext(connection) as captured:
        query.ask(who=cast.person("member").pk)
    assert len(captured) == 1


def test_rows_of_models_come_with_what_was_read_along(cast: Cast) -> None:
    grants = RoleGrant.objects.filter(person_id=Given("who")).select_related("person").order_by("role")
    query = Prepared(grants.annotate(later=ExpressionWrapper(Q(starts_at__gt=Given("at")), BooleanField())))
    at = clock.now() - timedelta(days=1)
    for part in ("member", "editor"):
        with CaptureQueriesContext(connection) as captured:
            found = [
                (row.role, row.person.name, row.later) for row in query.ask(who=cast.person(part).pk, at=at)
            ]
        assert len(captured) == 1
        mine = RoleGrant.objects.filter(person=cast.person(part)).order_by("role")
        assert found == [(row.role, cast.person(part).name, row.starts_at > at) for row in mine] != []


def test_one_of_a_list_that_is_given(cast: Cast) -> None:
    query = Prepared(Person.objects.filter(OneOf("pk", Given("people"))).order_by("name"))
    some = sorted((cast.person("member"), cast.person("editor")), key=lambda person: person.name)
    assert query.ask(people=[person.pk for person in some]) == some
    assert query.ask(people=[]) == []


def test_what_can_find_nothing_asks_nothing(cast: Cast) -> None:
    query = Prepared(Person.objects.filter(pk__in=[], name=Given("name")))
    with CaptureQueriesContext(connection) as captured:
        assert query.ask(name="Wren") == []
    assert len(captured) == 0


def test_while_it_is_written_the_database_is_not_asked(cast: Cast) -> None:
    people = Person.objects.filter(name=Lower(Value("WREN")))
    with written_blindly(), pytest.raises(RuntimeError, match="written once"):
        people.exists()
    assert not people.exists()


def test_the_instant_of_a_query_is_left_open(cast: Cast) -> None:
    with clock.left_open(Given("now")):
        query = Prepared(RoleGrant.objects.filter(starts_at__gt=clock.now()))
    assert len(query.ask(now=clock.now() - timedelta(days=1))) == RoleGrant.objects.count() > 0
    assert query.ask(now=clock.now() + timedelta(days=1)) == []


def test_it_is_written_once_a_day_for_each_set_of_roles(cast: Cast) -> None:
    written = []

    @written_once
    def grants(actor: Actor, order: str) -> QuerySet[RoleGrant] | None:
        written.append((actor.roles, order))
        if not any_of(actor, "editor", "steward"):
            return None
        rows = RoleGrant.objects.filter(person_id=actor.id, starts_at__lte=clock.now(), role=Given("role"))
        return rows.order_by(order)

    for _ in range(2):
        assert [row.person_id for row in grants(cast.editor, "pk", role="editor")] == [cast.editor.id]
        assert grants(cast.editor, "pk", role="steward") == []
        assert grants(cast.member, "pk", role="board_member") == []
    other = replace(cast.editor, id=cast.steward.id)
    assert [row.person_id for row in grants(other, "pk", role="steward")] == [cast.steward.id]
    assert written == [(cast.editor.roles, "pk"), (cast.member.roles, "pk")]
    with clock.moved(timedelta(days=1)):
        grants(cast.editor, "pk", role="editor")
    grants(cast.editor, "-pk", role="editor")
    assert len(written) == 4


def test_it_may_not_depend_on_what_this_request_has_read(cast: Cast) -> None:
    @written_once
    def people(actor: Actor) -> QuerySet[Person]:
        return Person.objects.filter(name=organisation().name)

    with one_reading():
        organisation()
        with pytest.raises(RuntimeError, match="written once"):
            people(cast.editor)


def test_a_value_that_is_missing_is_an_error(cast: Cast) -> None:
    query = Prepared(Person.objects.filter(pk=Given("who")).values_list("name"))
    with pytest.raises(KeyError, match="who"):
        query.ask(whom=cast.person("member").pk)


def test_what_holds_all_day_knows_its_day_and_no_instant(db: None) -> None:
    day = date(2026, 3, 29)
    with clock.within_the_day(day):
        assert clock.today() == day
        with pytest.raises(RuntimeError, match="depend on an instant"):
            clock.now()
    assert clock.now().date() - clock.today() < timedelta(days=1)
