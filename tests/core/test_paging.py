"""Paging by key: both ways, whatever the order; past an end; with a cursor that somebody wrote by hand."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Value
from django.http import QueryDict

from audit.testing import recorded
from core.paging import Page, page_by_key, page_of
from lifecycle.models import AIModel
from tests.cast import Cast
from tests.factories import lifecycle as make

NAMES = ("Wren", "Ada", "Haldane", "Émile \u202e2", "Wren")
IN_ORDER = [("Ada", "E"), ("Haldane", "E"), ("Wren", "A"), ("Wren", "E"), ("Émile \u202e2", "E")]
BY = ("name", "provider")
ODD = (
    "<", ">", "nonsense", "<x", "<-1", "<[[", "<" + "[" * 900, "<{}", '<null,"E"', "<true,false",
    '<"Wren"', '<"Wren","A","E"', '<"\\ud800","E"', '<"\\u0000","E"', "<" + "9" * 5000, '>"' + "W" * 3000 + '","E"',
)  # fmt: skip


@pytest.fixture
def models(cast: Cast) -> None:
    for number, name in enumerate(NAMES):
        make.make_ai_model(cast, name=name, provider="A" if number == 4 else "E", slug=f"model-{number}")


def page(asked: str = "", **more: Any) -> Page[AIModel]:
    return page_by_key(AIModel.objects.all(), QueryDict(asked), **{"by": BY, "size": 2, **more})


def named(found: Page[AIModel]) -> list[tuple[str, str]]:
    return [(row.name, row.provider) for row in found.rows]


@pytest.mark.django_db
def test_every_row_is_reached_once_down_and_up_again(models: None) -> None:
    here, down = page(), []
    while True:
        down.append(named(here))
        if not here.older:
            break
        here = page(here.older_url[1:])
    assert [name for rows in down for name in rows] == IN_ORDER
    up = [named(here)]
    while here.newer:
        here = page(here.newer_url[1:])
        up.append(named(here))
    # The last page is short; going up from it, pages are whole again.
    assert up == [IN_ORDER[4:], IN_ORDER[2:4], IN_ORDER[:2]]


@pytest.mark.django_db
def test_an_order_may_fall_in_some_parts_and_rise_in_others(models: None) -> None:
    first = page(by=("-name", "provider"), size=3)
    assert named(first) == [IN_ORDER[4], IN_ORDER[2], IN_ORDER[3]]
    second = page(first.older_url[1:], by=("-name", "provider"), size=3)
    assert named(second) == [IN_ORDER[1], IN_ORDER[0]]
    assert named(page(second.newer_url[1:], by=("-name", "provider"), size=3)) == named(first)


@pytest.mark.django_db
def test_an_order_by_an_annotation_and_an_instant(models: None) -> None:
    rows = AIModel.objects.annotate(rank=Value(0.1 + 0.2))
    first = page_by_key(rows, QueryDict(), by=("-rank", "-registered_at", "pk"), size=3)
    second = page_by_key(rows, QueryDict(first.older_url[1:]), by=("-rank", "-registered_at", "pk"), size=3)
    assert {row.pk for row in (*first.rows, *second.rows)} == set(
        AIModel.objects.values_list("pk", flat=True)
    )
    assert len(second.rows) == 2


@pytest.mark.django_db
def test_several_querysets_are_read_as_one_and_what_is_in_both_once(models: None) -> None:
    parts = [AIModel.objects.filter(name="Wren"), AIModel.objects.filter(provider="E")]
    first = page_by_key(parts, QueryDict(), by=BY, size=3)
    assert named(first) == IN_ORDER[:3]
    second = page_by_key(parts, QueryDict(first.older_url[1:]), by=BY, size=3)
    assert named(second) == IN_ORDER[3:]
    fallen = page_by_key(parts, QueryDict(), by=("-name", "-provider"), size=9)
    assert named(fallen) == IN_ORDER[::-1]
    assert named(page_by_key(parts, QueryDict(second.newer_url[1:]), by=BY, size=3)) == IN_ORDER[:3]


@pytest.mark.django_db
def test_turning_a_list_keeps_the_filters_and_the_other_lists(models: None) -> None:
    found = page("state=open&q=a%26b&others=%3C7&mine=%3Cgone", name="mine")
    turned = QueryDict(found.older_url[1:])
    assert (turned["state"], turned["q"], turned["others"]) == ("open", "a&b", "<7")
    assert turned.getlist("mine") == [found.older]


@pytest.mark.django_db
def test_a_page_past_the_end_is_the_last_one_and_one_before_the_beginning_the_first(models: None) -> None:
    past = page('cursor=<"\U0010ffff","Z"')
    assert (named(past), past.older) == (IN_ORDER[3:], "")
    before = page('cursor=>"A","A"')
    assert (named(before), before.newer) == (IN_ORDER[:2], "")


@pytest.mark.django_db
def test_a_page_back_that_would_be_short_is_the_whole_first_page(models: None) -> None:
    assert named(page('cursor=>"Haldane","E"')) == IN_ORDER[:2]


@pytest.mark.django_db
def test_a_row_that_is_gone_leaves_its_place(models: None, cast: Cast) -> None:
    first = page()
    with recorded():
        row = first.rows[-1]
        row.name = "Zeno"
        row.save()
    assert named(page(first.older_url[1:])) == IN_ORDER[2:4]


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ODD, ids=lambda cursor: cursor[:12])
def test_a_forged_cursor_is_the_first_page(cursor: str, models: None) -> None:
    asked = QueryDict(mutable=True)
    asked["cursor"] = cursor
    assert named(page(asked.urlencode())) == IN_ORDER[:2]
    assert page(asked.urlencode(), by="pk", size=9).rows == page("", by="pk", size=9).rows
    assert page(asked.urlencode(), by=("-registered_at", "pk")).newer == ""


@pytest.mark.django_db
def test_an_instant_without_a_zone_is_no_key(models: None) -> None:
    naive = datetime(2026, 11, 27, tzinfo=UTC).replace(tzinfo=None).isoformat()
    asked = QueryDict(mutable=True)
    asked["cursor"] = f'<"{naive}"'
    assert page_by_key(AIModel.objects.all(), asked, by="-registered_at", size=9).newer == ""


@pytest.mark.django_db
def test_an_empty_list_has_no_pages() -> None:
    empty = page('cursor=<"Ada","E"')
    assert (empty.rows, empty.newer, empty.older) == ([], "", "")


ROWS = [(3, "c"), (1, "a"), (2, "b"), (2, "a"), (5, "x")]


def listed(asked: str = "") -> Page[tuple[int, str]]:
    return page_of(ROWS, QueryDict(asked), key=lambda row: row, size=2)


def test_a_list_put_together_whole_is_paged_by_the_same_cursors() -> None:
    first = listed()
    assert (first.rows, first.first, first.last, first.total) == ([(1, "a"), (2, "a")], 1, 2, 5)
    second = listed(first.older_url[1:])
    assert (second.rows, second.first, second.last) == ([(2, "b"), (3, "c")], 3, 4)
    third = listed(second.older_url[1:])
    assert (third.rows, third.older) == ([(5, "x")], "")
    assert listed(third.newer_url[1:]).rows == second.rows
    assert listed('cursor=<9,"z"').rows == [(3, "c"), (5, "x")]


@pytest.mark.parametrize(
    "cursor", [*ODD, '<"a",1', '<"a"', "<NaN,1", ">1e999,2"], ids=lambda cursor: cursor[:12]
)
def test_a_forged_cursor_of_such_a_list_shows_rows_all_the_same(cursor: str) -> None:
    asked = QueryDict(mutable=True)
    asked["cursor"] = cursor
    assert len(listed(asked.urlencode()).rows) == 2


def test_an_empty_list_put_together_whole_has_no_pages() -> None:
    empty = page_of([], QueryDict("cursor=<1"), key=lambda row: row)
    assert (empty.rows, empty.newer, empty.older, empty.total) == ([], "", "", 0)
