"""What a founding needs before it can be proposed, as arithmetic and sentences."""

from dataclasses import replace
from datetime import date

import pytest

from board.founding import Founder, from_data, obstacles, tidied
from tests.factories.founding import FIRST, OTHERS, SECOND, a_proposal

TODAY = date(2026, 11, 22)


def test_a_complete_proposal_has_nothing_in_its_way() -> None:
    assert obstacles(a_proposal(), TODAY) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"organisation": ""}, "Name the organisation"),
        ({"profile": ""}, "Choose a profile"),
        ({"roll_call": "everything"}, "Choose what public decisions tell"),
        ({"board": ""}, "Name the board"),
        ({"act_floor": 1}, "choose 2 or more"),
        ({"act_floor": 4}, "only 3 vote"),
        ({"people": (FIRST,)}, "second person"),
        ({"people": (FIRST, SECOND)}, "has 3 to 5 people who vote; here is 1"),
        ({"people": (replace(FIRST, seat="member"), SECOND, *OTHERS)}, "needs one chair"),
        ({"people": (FIRST, replace(SECOND, seat=""), *OTHERS)}, "needs a secretary"),
        ({"people": (FIRST, replace(SECOND, email="ada@example.org"), *OTHERS)}, "stands there twice"),
        ({"people": (FIRST, SECOND, Founder("Nobody", ""), *OTHERS)}, "address of Nobody"),
        ({"people": (FIRST, SECOND, *OTHERS, Founder("Ida", "i@x.org", ends_on="2020-01-01"))}, "over already"),
        (
            {"people": (replace(FIRST, roles=("steward", "secretary")), replace(SECOND, seat="", roles=()), *OTHERS)},
            "must be two people",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_a_sentence(said: dict[str, object], sentence: str) -> None:
    assert sentence in " ".join(obstacles(a_proposal(**said), TODAY))


def test_a_watch_decides_with_two_people() -> None:
    two = (replace(FIRST, seat="chair"), replace(SECOND, seat="secretary"), OTHERS[0])
    assert obstacles(a_proposal(profile="watch", people=two), TODAY) == []


def test_a_seat_brings_the_role_it_needs() -> None:
    assert FIRST.granted == ("steward", "board_member")
    assert SECOND.granted == ("secretary",)


def test_it_is_kept_as_data_and_read_again() -> None:
    assert from_data(a_proposal().as_data()) == a_proposal()


def test_what_is_recorded_for_good_has_no_address_in_it() -> None:
    text = str(a_proposal().recorded("salt"))
    assert "example.org" not in text
    assert a_proposal().recorded("salt") != a_proposal().recorded("other")


def test_empty_lines_go_but_the_first_two_keep_their_places() -> None:
    left = tidied(a_proposal(people=(FIRST, Founder("", ""), Founder("", ""), OTHERS[0])))
    assert [one.name for one in left.people] == ["Ada Marsh", "", "Cleo Dunn"]
