"""The auditor's browser: filters, paging by key, one entry with what it changed; constant in its queries."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts import commands
from accounts.models import Person
from audit.models import Event
from audit.queries import Filters, timeline, versions_written_by
from audit.testing import recorded
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


def test_filters_find_by_person_part_record_outcome_and_words(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        commands.grant_role(actor=cast.steward, person_id=cast.steward.id, role="editor")
    refused = timeline(Filters(outcome="refused"))
    assert [event.actor_name for event in refused] == ["Steward"]
    assert refused.get() in timeline(Filters(person=str(cast.steward.id)))
    assert refused.get() in timeline(Filters(app="accounts", words="role own"))
    assert refused.get() in timeline(Filters(object=f"accounts.Person:{cast.steward.id}"))
    assert not timeline(Filters(app="board")).exists()
    assert not timeline(Filters(words="no such words")).exists()


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


def test_an_unknown_entry_is_not_found(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("auditor").get(f"{URL}999999999/").status_code == 404
