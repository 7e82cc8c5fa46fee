"""A long list is never a select, and a name that is typed is never guessed at."""

from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import commands
from accounts.models import Person
from core.choosing import FEW, ChoiceOfMany
from tests.cast import Cast


class PickForm(forms.Form):
    person = ChoiceOfMany(
        Person.objects.order_by("name"), label="Person", apart=lambda row: row.affiliation, required=False
    )


def admit(cast: Cast, name: str, affiliation: str = "") -> Person:
    number = Person.objects.count()
    return commands.admit_person(
        actor=cast.steward,
        name=name,
        email=f"p{number}@example.org",
        affiliation=affiliation,
        password=None,
    )


@pytest.fixture
def crowd(cast: Cast) -> dict[str, Person]:
    """More people than stand in a select; two of one name."""
    people = {f"Reader {number:02}": admit(cast, f"Reader {number:02}") for number in range(FEW)}
    return people | {
        "maps": admit(cast, "Ann Lee", "Maps and plans"),
        "letters": admit(cast, "Ann Lee", "Letters"),
        "mina": admit(cast, "Mina Sørensen", "Letters"),
    }


def chosen(text: Any) -> PickForm:
    form = PickForm({"person": text})
    form.is_valid()
    return form


def test_a_few_stand_in_a_select_and_cost_one_query(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        html = PickForm(initial={"person": cast.chair.id}).as_p()
    assert "<select" in html
    assert f'value="{cast.chair.id}" selected' in html
    assert "datalist" not in html
    assert len(queries) == 1
    assert chosen(str(cast.chair.id)).cleaned_data["person"] == cast.person("chair")


def test_of_many_the_name_is_typed_and_no_page_carries_them_all(crowd: dict[str, Person]) -> None:
    html = PickForm().as_p()
    assert "<select" not in html
    assert html.count("<option") == FEW
    assert 'list="id_person_names"' in html
    assert 'id="id_person_names"' in html
    assert "a part of it" in html


def test_one_of_many_that_was_chosen_before_is_shown_by_name(crowd: dict[str, Person]) -> None:
    for given in (crowd["mina"].pk, str(crowd["mina"].pk)):
        assert 'value="Mina Sørensen"' in PickForm(initial={"person": given}).as_p()


def test_a_whole_name_or_its_key_is_taken(crowd: dict[str, Person]) -> None:
    for typed in ("Mina Sørensen", " mina sørensen ", str(crowd["mina"].pk)):
        assert chosen(typed).cleaned_data["person"] == crowd["mina"], typed
    assert chosen("").cleaned_data["person"] is None


@pytest.mark.parametrize(("typed", "found"), [("Ann Lee", 2), ("Mina", 1), ("lee", 2)])
def test_what_may_be_several_or_is_a_part_is_offered_in_a_select(
    typed: str, found: int, crowd: dict[str, Person]
) -> None:
    form = chosen(typed)
    assert form.errors["person"]
    html = form.as_p()
    assert "<select" in html
    assert html.count("<option") == found + 1
    if found == 2:
        assert "Ann Lee, Maps and plans" in html
        assert "Ann Lee, Letters" in html
    # What is chosen there is taken.
    assert chosen(str(crowd["maps"].pk)).cleaned_data["person"] == crowd["maps"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nobody At All", "There is nothing of this name"),
        ("e", f"More than {FEW}"),
        ("a\x00b", "There is nothing of this name"),
        ("0" * 36, "There is nothing of this name"),
    ],
)
def test_what_cannot_be_found_is_said(typed: str, says: str, crowd: dict[str, Person]) -> None:
    form = chosen(typed)
    assert says in str(form.errors["person"])
    assert f'value="{typed}"' in form.as_p()


def test_names_are_text(cast: Cast, crowd: dict[str, Person]) -> None:
    admit(cast, "<b>Ann</b>")
    html = PickForm().as_p() + chosen("<b>").as_p()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
