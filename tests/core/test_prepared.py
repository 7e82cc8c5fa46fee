"""A prepared query answers as the queryset it was written from, whatever it is given; the clock stays out of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, RoleGrant
from core import clock
from core.prepared import Given, Prepared
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
