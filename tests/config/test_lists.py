"""Lists on real pages: turned both ways with their filters, past their end, and with a cursor written by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import Person
from audit.testing import recorded
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle as make

PEOPLE = "/desk/people/"
BALLOTS = "/desk/ballots/"
SignedIn = Callable[[str], Client]


@pytest.fixture
def crowd(cast: Cast) -> list[str]:
    """More people of one affiliation than a page holds, in the order of their names."""
    names = [f"Guest {number:02}" for number in range(30)]
    with recorded():
        for name in names:
            Person(name=name, affiliation="Riverside").save()
    return names


def names_on(client: Client, url: str) -> list[str]:
    return [row["person"].name for row in client.get(url).context["rows"]]


@pytest.mark.django_db
def test_a_filtered_list_is_turned_there_and_back_by_its_links(
    cast: Cast, signed_in: SignedIn, crowd: list[str]
) -> None:
    client = signed_in("steward")
    first = client.get(PEOPLE, {"q": "Riverside"})
    assert "30 found" in " ".join(first.content.decode().split())
    older = first.context["page"].older_url
    assert QueryDict(older[1:])["q"] == "Riverside"
    assert older.replace("&", "&amp;") in first.content.decode()
    assert names_on(client, PEOPLE + older) == crowd[25:]
    newer = client.get(PEOPLE + older).context["page"].newer_url
    assert names_on(client, PEOPLE + newer) == crowd[:25]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cursor", "shown"),
    [
        ('<"Zzz","ffffffff-ffff-ffff-ffff-ffffffffffff"', slice(5, 30)),
        ("<1", slice(0, 25)),
        ("x", slice(0, 25)),
    ],
    ids=["past the end", "forged", "nonsense"],
)
def test_an_odd_page_still_shows_people(
    cast: Cast, signed_in: SignedIn, crowd: list[str], cursor: str, shown: slice
) -> None:
    answer = signed_in("steward").get(PEOPLE, {"q": "Riverside", "cursor": cursor})
    assert answer.status_code == 200
    assert [row["person"].name for row in answer.context["rows"]] == crowd[shown]


@pytest.mark.django_db
def test_each_part_of_the_votes_is_turned_by_itself(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board.vote_list.SIZE", 2)
    board = boards.found_board(cast)
    mine = [
        boards.open_ballot_for(cast, boards.move_motion(cast, board, title=f"Motion {days}"), days=days)
        for days in (8, 9, 10)
    ]
    client = signed_in("member")

    def waiting(url: str) -> Any:
        return client.get(url).context["votes"].waiting

    first = waiting(BALLOTS)
    assert first.rows == mine[:2]
    assert "Three votes wait for you" in client.get(BALLOTS + first.older_url).content.decode()
    second = waiting(BALLOTS + first.older_url)
    assert second.rows == mine[2:]
    assert waiting(f"{BALLOTS}?cursor=x&others=x").rows == mine[:2]
    assert waiting(BALLOTS + second.newer_url).rows == mine[:2]


@pytest.mark.django_db
def test_the_secretarys_table_is_paged_in_both_directions(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board.vote_list.COLUMNS", 1)
    monkeypatch.setattr("board.matrix.SIZE", 2)
    board = boards.found_board(cast)
    kept = [
        boards.open_ballot_for(cast, boards.move_motion(cast, board, title=f"Motion {days}"), days=days)
        for days in (8, 9)
    ]
    boards.vote(kept[0], "approve", cast.chair)
    client = signed_in("secretary")
    votes = client.get(BALLOTS).context["votes"]
    assert [column.ballot for column in votes.matrix.columns] == kept[:1]
    assert all(row.owes for row in votes.matrix.members.rows)
    last = client.get(BALLOTS, {"members": '<9,"z","z"'}).context["votes"].matrix
    assert last.members.rows[-1].name == cast.chair.name
    beside = client.get(BALLOTS + votes.kept.older_url).context["votes"]
    assert [column.ballot for column in beside.matrix.columns] == kept[1:]


@pytest.mark.django_db
def test_everything_of_one_kind_that_was_found_is_reached(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.queries.ALL_AT_ONCE", 4)
    client = signed_in("steward")
    for number in range(10):
        make.make_ai_model(cast, name=f"Heron {number}")
    url, seen = "/desk/search/?q=heron&kind=models", []
    while url:
        (group,) = client.get(url).context["found"]
        assert group.total == 10
        seen += [hit.url for hit in group.hits]
        url = f"/desk/search/{group.page.older_url}" if group.page.older else ""
    assert len(seen) == len(set(seen)) == 10


@pytest.mark.django_db
def test_our_models_are_turned_on_the_register_without_turning_the_others(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lifecycle.views.public.SIZE", 2)
    for name in ("Wren", "Ada", "Haldane"):
        make.make_ai_model(cast, name=name)
    first = client.get("/?q=nobody").context
    assert [row.ai_model.name for row in first["ours"]] == ["Ada", "Haldane"]
    second = client.get("/" + first["page"].older_url).context
    assert [row.ai_model.name for row in second["ours"]] == ["Wren"]
    assert second["form"].cleaned_data["q"] == "nobody"
    assert second["held"] == 3
