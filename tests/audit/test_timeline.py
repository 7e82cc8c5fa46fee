"""The auditor's browser: filters, paging by key, one entry with what it changed; constant in its queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import commands
from accounts.models import Person
from audit.models import CataloguedActor, Event
from audit.testing import recorded
from audit.timeline import Filters, page_of
from audit.versions import versions_written_by
from core.errors import NotAllowed
from tests.cast import Cast

URL = "/desk/audit/"


def test_an_auditor_reads_who_did_what(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("auditor").get(URL).content.decode()
    assert "Who changed what, when and why" in page
    assert "Role granted" in page
    assert "Founder" in page


def test_others_are_refused_with_a_reason(signed_in: Callable[[str], Client]) -> None:
    response = signed_in("steward").get(URL)
    assert response.status_code == 403
    assert "Only auditors read the whole timeline" in response.content.decode()
    event = Event.objects.latest("number")
    assert (event.verb, event.outcome, event.actor_name) == ("audit.page.opened", "refused", "Steward")
    assert event.data == {"page": URL}


def test_filters_find_by_person_part_record_outcome_and_words(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        commands.grant_role(actor=cast.steward, person_id=cast.steward.id, role="editor")

    def found(**asked: Any) -> list[Event]:
        return page_of(cast.auditor, Filters(**asked)).rows

    (refused,) = found(outcome="refused")
    assert refused.actor_name == "Steward"
    assert refused in found(person=str(cast.steward.id))
    assert refused in found(person="stewa")
    assert refused in found(app="accounts", words="role granted own")
    assert refused in found(object=f"accounts.Person:{cast.steward.id}")
    assert refused in found(object=str(cast.steward.id))
    assert refused in found(object="Steward", kind="accounts.Person")
    assert refused in found(verb="accounts.role.granted", origin="command_line")
    assert refused in found(since=refused.at.date(), until=refused.at.date())
    assert not found(until=refused.at.date() - timedelta(days=1))
    assert not found(since=refused.at.date() + timedelta(days=1))
    assert not found(app="board")
    assert not found(origin="import")
    assert not found(kind="board.Ballot")
    assert not found(words="no such words")


def test_an_entry_shows_each_field_before_and_after(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    with recorded("a new name"):
        person = Person.objects.get(pk=cast.editor.id)
        person.name = "Grace <b>Hopper</b>"
        person.save()
    event = Event.objects.latest("number")
    (version,) = versions_written_by(event)
    (change,) = version.changes
    assert (version.kind, change.field, change.before, change.after) == (
        "changed", "name", "Editor", "Grace <b>Hopper</b>",
    )  # fmt: skip
    page = signed_in("auditor").get(f"{URL}{event.number}/").content.decode()
    assert "Grace &lt;b&gt;Hopper" in page
    assert "<b>Hopper" not in page
    assert "a new name" in page


def test_paging_by_key_goes_there_and_back(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    with recorded():
        people = [Person(name=f"Person {number}") for number in range(120)]
        for person in people:
            person.save()
    for person in people:
        commands.note_sign_in(actor=cast.auditor, person_id=person.id)
    client = signed_in("auditor")
    first = client.get(URL)
    second = client.get(URL, {"cursor": first.context["page"].older})
    back = client.get(URL, {"cursor": second.context["page"].newer})
    numbers = [event.number for event, _ in first.context["rows"] + second.context["rows"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 100
    assert [event.number for event, _ in back.context["rows"]][-1] > numbers[50]


@pytest.mark.parametrize("cursor", ["<", "<x", ">99999999999999999999999", "nonsense", "<-1"])
def test_an_unreadable_cursor_is_harmless(cursor: str, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("auditor").get(URL, {"cursor": cursor}).status_code == 200


@pytest.mark.parametrize("people", [3, 300])
def test_the_timeline_asks_as_few_queries_for_300_entries_as_for_3(
    people: int, cast: Cast, signed_in: Callable[[str], Client], django_assert_max_num_queries: Callable
) -> None:
    for _ in range(people):
        commands.note_sign_in(actor=cast.auditor, person_id=cast.auditor.id)
    client = signed_in("auditor")
    with django_assert_max_num_queries(12):
        assert client.get(URL).status_code == 200


def test_a_part_of_many_names_asks_no_more(
    cast: Cast, signed_in: Callable[[str], Client], django_assert_max_num_queries: Callable
) -> None:
    named = [actor for actor in cast.actors.values() if "e" in actor.name]
    assert len(named) > 6
    for actor in named:
        CataloguedActor.objects.create(actor_id=actor.id, name=actor.name)
        commands.note_sign_in(actor=actor, person_id=actor.id)
    client = signed_in("auditor")
    with django_assert_max_num_queries(12):
        page = client.get(URL, {"person": "e"})
    shown = {event.actor_name for event, _ in page.context["rows"]}
    assert shown >= {actor.name for actor in named}


def test_an_unknown_entry_is_not_found(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("auditor").get(f"{URL}999999999/").status_code == 404
