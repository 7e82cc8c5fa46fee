"""The write path: one transaction, one event at least, refusals recorded, nothing half done."""

from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import Person
from audit.commands import (
    NothingRecorded,
    after_commit,
    because,
    command,
    in_command,
    locked,
    record,
    unchanged,
)
from audit.models import Event
from audit.testing import recorded
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from core.policies import Process

pytestmark = pytest.mark.django_db
TESTER = Process("Tester")


@pytest.fixture
def person(db: None) -> Person:
    with recorded():
        row = Person(name="Ada")
        row.save()
    return row


@command("test.person.renamed")
def rename(*, actor: Any, person_id: Any, name: str, end: str = "") -> Person:
    person = locked(Person, person_id)
    if end == "no-op":
        return unchanged(person)
    because("She married")
    person.name = name
    person.save()
    if end == "forbidden":
        raise NotAllowed("You are not allowed to rename people.")
    if end == "illegal":
        raise IllegalMove("Too late.")
    if end == "unacceptable":
        raise Unacceptable("Too short.", "name")
    if end != "silent":
        record(data={"name": name})
    return person


def test_a_command_writes_the_row_its_version_and_its_event_together(person: Person) -> None:
    rename(actor=TESTER, person_id=person.pk, name="Grace")
    event = Event.objects.latest("number")
    version = Person.history.filter(id=person.pk).first()
    assert (event.verb, event.actor_name, event.target_label) == ("test.person.renamed", "Tester", "Grace")
    assert (version.name, version.event_id, version.history_change_reason) == (
        "Grace",
        event.number,
        "She married",
    )


@pytest.mark.parametrize(("end", "error"), [("forbidden", NotAllowed), ("illegal", IllegalMove)])
def test_a_refusal_rolls_back_and_is_recorded_with_who_what_and_why(
    person: Person, end: str, error: type
) -> None:
    with pytest.raises(error) as refusal:
        rename(actor=TESTER, person_id=person.pk, name="Grace", end=end)
    event = Event.objects.latest("number")
    assert Person.objects.get(pk=person.pk).name == "Ada"
    assert (event.outcome, event.reason) == ("refused", refusal.value.sentence)
    assert (event.target_type, event.target_id) == ("accounts.Person", str(person.pk))


def test_unacceptable_input_rolls_back_and_is_nobodys_event(person: Person) -> None:
    before = Event.objects.count()
    with pytest.raises(Unacceptable):
        rename(actor=TESTER, person_id=person.pk, name="G", end="unacceptable")
    assert (Person.objects.get(pk=person.pk).name, Event.objects.count()) == ("Ada", before)


def test_a_command_that_records_nothing_fails_and_rolls_back(person: Person) -> None:
    with pytest.raises((NothingRecorded, IntegrityError)):
        rename(actor=TESTER, person_id=person.pk, name="Grace", end="silent")
    assert Person.objects.get(pk=person.pk).name == "Ada"


def test_nothing_to_do_writes_no_event(person: Person) -> None:
    before = Event.objects.count()
    rename(actor=TESTER, person_id=person.pk, name="Ada", end="no-op")
    assert Event.objects.count() == before


def test_what_is_not_there_is_not_found(db: None) -> None:
    with pytest.raises(NotFound, match="There is no such person"):
        rename(actor=TESTER, person_id="00000000-0000-4000-8000-000000000000", name="Grace")


def test_commands_never_call_commands(person: Person) -> None:
    @command("test.person.nested")
    def nested(*, actor: Any) -> None:
        rename(actor=actor, person_id=person.pk, name="Grace")

    with pytest.raises(RuntimeError, match="never call commands"):
        nested(actor=TESTER)
    assert Person.objects.get(pk=person.pk).name == "Ada"


def test_a_step_outside_a_command_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside a command only"):
        in_command()


def test_further_events_name_the_one_that_caused_them(person: Person) -> None:
    @command("test.person.moved")
    def move(*, actor: Any) -> None:
        record(person)
        record(person, verb="test.person.followed")

    move(actor=TESTER)
    second, first = Event.objects.all()[:2]
    assert (first.verb, first.caused_by_id) == ("test.person.moved", None)
    assert (second.verb, second.caused_by_id) == ("test.person.followed", first.number)


def test_a_task_is_woken_only_after_the_commit_and_a_dead_broker_harms_nothing(
    person: Person, django_capture_on_commit_callbacks: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr("celery.Celery.send_task", lambda app, name, args: sent.append((name, args)))

    @command("test.person.woken")
    def wake(*, actor: Any) -> None:
        record(person)
        after_commit("test.task", str(person.pk))

    with django_capture_on_commit_callbacks() as callbacks:
        wake(actor=TESTER)
    assert sent == []
    assert len(callbacks) == 1
    callbacks[0]()
    assert sent == [("test.task", (str(person.pk),))]
