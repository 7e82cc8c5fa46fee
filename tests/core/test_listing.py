"""A list whose first page is written once is the list that paging by key gives, page for page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core.listing import listed
from core.paging import Page, page_by_key
from core.policies import Actor
from lifecycle.models import AIModel
from tests.cast import Cast
from tests.factories import lifecycle as make

BY = ("name", "pk")


@listed(*BY)
def by_others(actor: Actor, provider: str) -> QuerySet[AIModel]:
    """Models of a provider that somebody else looks after."""
    return AIModel.objects.filter(provider=provider).exclude(steward_id=actor.id)


@pytest.fixture
def models(cast: Cast) -> None:
    for number in range(5):
        make.make_ai_model(cast, name=f"Model {number}", provider="E", slug=f"model-{number}")
    make.make_ai_model(cast, name="Model of another", provider="A", slug="another")


@pytest.fixture
def read(cast: Cast) -> Callable[..., Page[AIModel]]:
    def read(asked: str = "", actor: Actor | None = None, **where: Any) -> Page[AIModel]:
        return by_others.page(actor or cast.editor, "E", asked=QueryDict(asked), size=2, where=where)

    return read


@pytest.mark.django_db
def test_every_page_is_what_paging_by_key_gives(
    models: None, cast: Cast, read: Callable[..., Page[AIModel]]
) -> None:
    here, seen = read(), []
    while True:
        plain = page_by_key(by_others.rows(cast.editor, "E"), here.asked, by=BY, size=2)
        assert (here.rows, here.newer, here.older) == (plain.rows, plain.newer, plain.older)
        seen += [row.name for row in here.rows]
        if not here.older:
            break
        here = read(here.older_url[1:])
    assert seen == [f"Model {number}" for number in range(5)]


@pytest.mark.django_db
def test_the_first_page_is_one_query_and_each_actors_own(
    models: None, cast: Cast, read: Callable[..., Page[AIModel]]
) -> None:
    steward, editor = cast.steward, cast.editor
    with CaptureQueriesContext(connection) as asked:
        assert not read(actor=steward).rows
        assert len(read(actor=editor).rows) == 2
    written = [query["sql"] for query in asked if "clock_timestamp" not in query["sql"]]
    assert [sql.partition(" ")[0] for sql in written] == ["execute", "execute"]


@pytest.mark.django_db
def test_filters_narrow_it(models: None, read: Callable[..., Page[AIModel]]) -> None:
    assert [row.name for row in read(name="Model 3").rows] == ["Model 3"]
    assert not read(name="Model of another").rows


@pytest.mark.django_db
def test_a_forged_cursor_is_the_first_page(models: None, read: Callable[..., Page[AIModel]]) -> None:
    assert read("cursor=nonsense").rows == read().rows
