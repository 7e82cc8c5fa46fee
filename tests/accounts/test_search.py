"""The search: what resembles the words, of what one may know of, first what fits best."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.queries import search
from accounts.registry import searchable
from accounts.states import Role
from board.commands.ballots import recuse
from core.search import sought, words_of
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle


def found(actor: Any, words: str) -> dict[str, list[str]]:
    asked = sought(words)
    assert asked is not None
    return {each.key: [hit.title for hit in each.hits] for each in search(actor, asked)}


@pytest.mark.parametrize("roles", [*({role} for role in Role), set()])
@pytest.mark.parametrize("words", ["haldane", "hal 2", "haldane resolution"])
def test_what_is_written_once_finds_what_is_written_anew(cast: Cast, roles: set[Role], words: str) -> None:
    case = lifecycle.make_case(
        cast, boards.found_board(cast), ai_model=lifecycle.make_ai_model(cast, name="Haldane 2")
    )
    lifecycle.make_commitment(cast, case.ai_model, owner="steward", text="Keep Haldane 2 in three copies")
    actor, asked = replace(cast.steward, roles=frozenset(roles)), sought(words)
    assert asked is not None
    anew = {
        key: [each.hit(row).title for row in each.find(actor, asked)[:5]] for key, each in searchable.items()
    }
    assert found(actor, words) == {key: titles for key, titles in anew.items() if titles}


@pytest.mark.parametrize("words", ["haldain", "Haldane", "hald", "HALDANE 2", "aldgate haldane"])
def test_a_slip_of_the_pen_still_finds_the_model(cast: Cast, words: str) -> None:
    lifecycle.make_ai_model(cast, name="Haldane 2")
    lifecycle.make_ai_model(cast, name="Wren")
    assert found(cast.steward, words)["models"] == ["Haldane 2"]


def test_the_model_that_fits_best_comes_first(cast: Cast) -> None:
    for name in ("Haldor", "Haldane", "Old Haldane, the second"):
        lifecycle.make_ai_model(cast, name=name)
    assert found(cast.steward, "haldane")["models"][0] == "Haldane"


def test_every_word_must_fit(cast: Cast) -> None:
    lifecycle.make_ai_model(cast, name="Haldane 2")
    assert found(cast.steward, "haldane submarine") == {}


def test_a_case_is_found_by_its_number_its_title_and_the_words_of_its_brief(cast: Cast) -> None:
    case = lifecycle.make_case(cast, boards.found_board(cast))
    for words in (str(case.number), case.title.split()[1], "support contract ends"):
        assert str(case) in found(cast.steward, words).get("cases", []), words


def test_a_decision_is_found_by_its_number_and_by_what_was_asked(cast: Cast) -> None:
    certificate = lifecycle.decide(cast, boards.move_motion(cast, boards.found_board(cast)))
    for words in (certificate.number, "reading room"):
        assert any(certificate.number in title for title in found(cast.member, words)["decisions"]), words


def test_people_are_found_by_those_who_keep_the_roles_only(cast: Cast) -> None:
    assert found(cast.secretary, "colleage")["people"] == ["Colleague"]
    assert "people" not in found(cast.editor, "colleague")


def test_somebody_without_a_role_finds_nothing_of_the_desk(cast: Cast) -> None:
    board = boards.found_board(cast)
    lifecycle.make_commitment(cast, lifecycle.make_case(cast, board).ai_model, text="Keep Wren whole")
    assert found(cast.outsider, "Wren") == {}
    assert set(found(cast.member, "Wren")) == {"models", "cases", "promises"}


def test_a_proposal_is_hidden_from_those_who_do_not_read_the_board(cast: Cast) -> None:
    boards.move_motion(cast, boards.found_board(cast))
    assert "proposals" in found(cast.member, "sundays")
    assert "proposals" not in found(cast.editor, "sundays")


def test_a_member_who_recused_themselves_does_not_find_the_case(cast: Cast) -> None:
    board = boards.found_board(cast)
    case = lifecycle.make_case(cast, board)
    ballot = boards.open_ballot_for(cast, lifecycle.propose(cast, case))
    recuse(actor=cast.member, ballot_id=ballot.pk, category="financial", text="I hold shares of its maker.")
    assert "cases" not in found(cast.member, "wren")
    assert "cases" in found(cast.chair, "wren")


def test_a_few_are_shown_and_all_are_counted(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    for number in range(37):
        lifecycle.make_ai_model(cast, name=f"Haldane {number}")
    client = signed_in("steward")
    assert "All 37 models" in client.get("/desk/search/?q=haldane").content.decode()
    everything = client.get("/desk/search/?q=haldane&kind=models").content.decode()
    assert everything.count("The Aldgate Institute. Active.") == 37


def test_what_was_found_and_what_was_asked_are_escaped(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    lifecycle.make_ai_model(cast, name="<img src=x> haldane")
    client = signed_in("steward")
    assert "&lt;img src=x&gt; <mark>haldane</mark>" in client.get("/desk/search/?q=haldane").content.decode()
    assert "<script>x" not in client.get("/desk/search/?q=<script>x").content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "the of",
        "'; drop table",
        "a:* & | ! <->",
        "\\",
        "%",
        "x" * 5000,
        "\x00haldane",
        "1 2 3 4 5 6 7 8",
    ],
)
def test_whatever_is_typed_is_answered(cast: Cast, signed_in: Callable[[str], Client], words: str) -> None:
    response = signed_in("steward").get("/desk/search/", {"q": words})
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_words_that_stand_everywhere_are_not_looked_for() -> None:
    assert words_of("What is the Haldane-2 of 2026?") == ["haldane-2", "2026"]


def test_a_search_takes_at_most_twelve_queries(
    cast: Cast, signed_in: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    lifecycle.make_case(cast, boards.found_board(cast))
    client = signed_in("steward")
    client.get("/desk/")
    with django_assert_max_num_queries(12):
        client.get("/desk/search/?q=wren")
