"""Every page, entry and population the crosswalk names is there, and every link on it opens for whoever sees it."""

import importlib
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from audit.registry import populations
from controls.crosswalk import frameworks, page_labels
from tests.architecture.test_commands import APPS
from tests.cast import Cast
from tests.factories import controls as make
from tests.journeys.links import links_of

CLAUSES = [(each.key, clause) for each in frameworks() for clause in each.clauses]
VERBS = {str(verb) for app in (*APPS, "audit") for verb in importlib.import_module(f"{app}.events").Verb}


@pytest.mark.parametrize(
    ("framework", "clause"), CLAUSES, ids=[f"{key} {clause.id}" for key, clause in CLAUSES]
)
def test_what_a_clause_names_is_there(framework: str, clause: object) -> None:
    assert set(clause.pages) - set(page_labels()) == set()  # type: ignore[attr-defined]
    assert set(clause.verbs) - VERBS == set()  # type: ignore[attr-defined]
    assert set(clause.populations) - {key for key, _ in populations.items()} == set()  # type: ignore[attr-defined]
    assert clause.pages  # type: ignore[attr-defined]
    assert clause.populations  # type: ignore[attr-defined]
    for text in (clause.asks, clause.shown_by):  # type: ignore[attr-defined]
        assert text.endswith("."), text


def test_every_label_is_of_a_page_that_some_clause_names() -> None:
    named = {page for _, clause in CLAUSES for page in clause.pages}
    assert named == set(page_labels())
    for name in named:
        reverse(name)


def test_no_clause_stands_twice() -> None:
    keys = [(framework, clause.id) for framework, clause in CLAUSES]
    assert len(keys) == len(set(keys))
    assert len(frameworks()) == 3


@pytest.mark.parametrize("who", ["auditor", "steward", "secretary"])
def test_every_link_opens_for_whoever_reads_it(
    cast: Cast, signed_in: Callable[[str], Client], who: str
) -> None:
    make.drawn(cast)
    client = signed_in(who)
    url = reverse("controls:crosswalk")
    page = client.get(url).content.decode()
    found = set(links_of(page.partition("<main")[2], url))
    assert len(found) > 20
    answers = {link: client.get(link).status_code for link in found}
    assert {link: status for link, status in answers.items() if status != 200} == {}
