"""Voting rules worked through with numbers, and terms of office on one scale."""

from datetime import date, timedelta

import pytest

from board.examples import least_to_carry, spans, worked_example
from board.tally import CARRIED, STANDARD_TERMS, Counts, decide

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("name", sorted(STANDARD_TERMS))
@pytest.mark.parametrize("roll", range(3, 14))
def test_one_approval_fewer_than_the_example_says_does_not_carry(name: str, roll: int) -> None:
    terms = STANDARD_TERMS[name]
    least = least_to_carry(terms, roll, others="reject")
    assert least is not None
    assert decide(terms, Counts(roll=roll, approve=least, reject=roll - least)).result == CARRIED
    fewer = decide(terms, Counts(roll=roll, approve=least - 1, reject=roll - least + 1))
    assert fewer.result != CARRIED


def test_the_retirement_rules_of_nine_read_as_in_the_table_of_the_domain() -> None:
    assert worked_example(STANDARD_TERMS["retirement"], 9) == (
        "Of nine, six approvals carry it against three; five carry it if the other four stay silent."
    )


def test_unanimous_consent_says_that_it_takes_all() -> None:
    assert (
        worked_example(STANDARD_TERMS["written_consent"], 7)
        == "Of seven, seven approvals carry it, which is all of them."
    )


def test_a_roll_too_small_to_act_is_said_to_carry_nothing() -> None:
    assert "too few could act" in worked_example(STANDARD_TERMS["retirement"], 2)


def test_bars_of_one_board_share_a_scale_and_an_open_end_runs_to_its_edge() -> None:
    first, second = spans([(TODAY - timedelta(100), TODAY + timedelta(100)), (TODAY, None)], TODAY)
    assert first.start == "0.00%"
    assert first.length == "100.00%"
    assert second.start == second.today == "50.00%"
    assert second.open_ended


def test_a_board_that_begins_and_ends_today_is_still_drawn() -> None:
    (only,) = spans([(TODAY, TODAY)], TODAY)
    assert only.length == "1.50%"


def test_no_seats_give_no_bars() -> None:
    assert spans([], TODAY) == []
