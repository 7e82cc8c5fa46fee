"""What an app keeps from a viewer for now is on no page of the audit, in no count, no file and no pack."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from accounts import commands
from accounts.models import Person
from audit.days import days_of
from audit.models import Event
from audit.packing import make_pack
from audit.registry import withheld
from audit.testing import recorded
from audit.timeline import Filters, everything
from core.errors import NotFound
from tests.cast import Cast

NAME = "Zebedee Hidden"


@pytest.fixture
def hidden(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """A made-up record that is kept from everybody: a person, an act on them, and a command that changed them."""
    person = commands.admit_person(
        actor=cast.steward,
        name=NAME,
        email="z@example.org",
        affiliation="Nowhere",
        password="a-long-password-1",
    )
    commands.note_sign_in(actor=cast.auditor, person_id=person.id)
    with recorded("changed along with others"):
        person.affiliation = "Elsewhere"
        person.save()
    monkeypatch.setitem(withheld._items, "made up", lambda actor: {"accounts.Person": [person.pk]})
    return person


def numbers_of(person: Person) -> set[int]:
    about = Event.objects.filter(target_id=str(person.pk)).values_list("number", flat=True)
    wrote = Person.history.filter(id=person.pk).values_list("event_id", flat=True)
    roots = set(about) | set(wrote)
    return roots | set(Event.objects.filter(caused_by__in=roots).values_list("number", flat=True))


def test_it_is_on_no_page(hidden: Person, signed_in: Callable[[str], Client]) -> None:
    client, numbers = signed_in("auditor"), numbers_of(hidden)
    assert len(numbers) >= 3
    for query in (
        {},
        {"words": "Zebedee"},
        {"object": f"accounts.Person:{hidden.pk}"},
        {"kind": "accounts.Person"},
    ):
        page = client.get("/desk/audit/", query)
        assert NAME not in page.content.decode()
        assert not {event.number for event, _ in page.context["rows"]} & numbers
    for number in numbers:
        assert client.get(f"/desk/audit/{number}/").status_code == 404
        assert client.get(f"/desk/audit/{number}/proof/").status_code == 404
    record = f"/desk/audit/records/accounts.Person/{hidden.pk}/"
    for page in ("", "as-of/", "pack/"):
        assert client.get(f"{record}{page}").status_code == 404
    assert client.post(f"{record}pack/").status_code == 404


def test_it_is_in_no_file_and_no_count(
    hidden: Person, cast: Cast, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"".join(signed_in("auditor").post("/desk/audit/export/", {"form": "jsonl"})).decode()
    assert not {json.loads(line)["number"] for line in text.splitlines()} & numbers_of(hidden)
    assert NAME not in text
    drawn = days_of(cast.auditor, Filters())
    assert drawn is not None
    assert sum(strip.total for strip in drawn.strips) == len(list(everything(cast.auditor, Filters())))
    kept_back = len(list(everything(cast.auditor, Filters())))
    monkeypatch.delitem(withheld._items, "made up")
    assert len(list(everything(cast.auditor, Filters()))) == kept_back + len(numbers_of(hidden))


def test_it_is_in_no_pack(hidden: Person, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        make_pack(actor=cast.auditor, row=hidden)
    grant = commands.grant_role(actor=cast.steward, person_id=hidden.id, role="editor")
    told = {"accounts.Person": [hidden.pk], "accounts.RoleGrant": [grant.pk]}
    monkeypatch.setitem(withheld._items, "made up", lambda actor: told)
    pack = ZipFile(BytesIO(make_pack(actor=cast.auditor, row=cast.person("steward")).file.read()))
    said = "".join(pack.read(name).decode() for name in pack.namelist())
    assert NAME not in said
    assert str(grant.pk) not in said


def test_a_single_event_may_be_kept_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = Event.objects.latest("number").number
    assert number in {event.number for event in everything(cast.auditor, Filters())}

    def tell(actor: Any) -> dict[str, list[int]]:
        return {"audit.Event": [number]}

    monkeypatch.setitem(withheld._items, "made up", tell)
    assert number not in {event.number for event in everything(cast.auditor, Filters())}
