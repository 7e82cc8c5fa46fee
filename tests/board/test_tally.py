"""The arithmetic: worked cases, every rule at its edge, and what must hold for any count."""

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.tally import (
    CARRIED,
    RESULTS,
    STANDARD_TERMS,
    Counts,
    Share,
    Terms,
    decide,
    needed,
    terms_as_data,
    terms_from_data,
)

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text())
ALL_TERMS = list(STANDARD_TERMS.values())
WITHOUT_A_GATE_A_REJECT_COULD_OPEN = [terms for terms in ALL_TERMS if not terms.name.startswith("ordinary")]


def every_count(smallest: int = 3, largest: int = 11) -> Iterator[Counts]:
    """Every way a roll of these sizes can vote and recuse itself."""
    for roll in range(smallest, largest + 1):
        for recused in range(roll + 1):
            for approve in range(roll - recused + 1):
                for reject in range(roll - recused - approve + 1):
                    for abstain in range(roll - recused - approve - reject + 1):
                        for hold in range(roll - recused - approve - reject - abstain + 1):
                            yield Counts(roll, recused, 0, approve, reject, abstain, hold)


EVERY_COUNT = list(every_count())


@st.composite
def any_counts(draw: st.DrawFn, largest: int = 400) -> Counts:
    left = roll = draw(st.integers(0, largest))
    parts = []
    for _ in range(6):
        parts.append(draw(st.integers(0, left)))
        left -= parts[-1]
    return Counts(roll, *parts)


any_terms = st.sampled_from(ALL_TERMS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_worked_case_comes_out_as_written(case: dict[str, Any]) -> None:
    outcome = decide(STANDARD_TERMS[case["terms"]], Counts(**case["counts"]))
    assert vars(outcome) == case["outcome"]


def test_the_worked_cases_are_all_there_and_the_standard_terms_are_six() -> None:
    assert len(CASES) == 19
    assert list(STANDARD_TERMS) == [
        "ordinary",
        "ordinary_casting",
        "retirement",
        "irreversible",
        "hold_override",
        "written_consent",
    ]


def test_two_of_three_is_at_least_two_thirds() -> None:
    assert Share(Fraction(2, 3)).need(3) == 2
    assert Share(Fraction(1, 2), more_than=True).need(8) == 5
    assert Share(Fraction(1, 2), more_than=True).need(9) == 5
    assert Share(Fraction(3, 4)).need(0) == 0


@given(st.fractions(0, 1), st.integers(0, 10_000))
def test_need_is_the_smallest_number_that_is_the_share(fraction: Fraction, whole: int) -> None:
    at_least, more_than = Share(fraction).need(whole), Share(fraction, more_than=True).need(whole)
    assert at_least >= fraction * whole > at_least - 1
    assert more_than > fraction * whole >= more_than - 1


@pytest.mark.parametrize("terms", ALL_TERMS, ids=lambda terms: terms.name)
def test_an_empty_roll_is_unable_to_act(terms: Terms) -> None:
    outcome = decide(terms, Counts(0))
    assert (outcome.result, outcome.would_be, outcome.eligible) == ("unable_to_act", None, 0)


@pytest.mark.parametrize("terms", ALL_TERMS, ids=lambda terms: terms.name)
def test_fewer_eligible_than_half_the_roll_cannot_act_whatever_they_say(terms: Terms) -> None:
    assert decide(terms, Counts(9, recused=5, approve=4)).result == "unable_to_act"
    assert decide(terms, Counts(9, recused=3, departed=2, approve=4)).result == "unable_to_act"
    assert decide(terms, Counts(9, recused=4, approve=5)).result == CARRIED


def test_the_act_floor_of_three_stops_two_and_a_small_board_may_adopt_two() -> None:
    retirement = STANDARD_TERMS["retirement"]
    counts = Counts(3, recused=1, approve=2)
    assert decide(retirement, counts).result == "unable_to_act"
    assert decide(replace(retirement, act_floor=2), counts).result == CARRIED


def test_a_hold_on_a_ballot_that_cannot_act_does_not_hide_that() -> None:
    outcome = decide(STANDARD_TERMS["retirement"], Counts(9, recused=5, approve=3, hold=1))
    assert (outcome.result, outcome.would_be) == ("unable_to_act", None)


@pytest.mark.parametrize(
    ("counts", "would_be"),
    [
        (Counts(9, approve=8, hold=1), CARRIED),
        (Counts(9, approve=4, reject=4, hold=1), "not_carried"),
        (Counts(9, approve=1, hold=1), "inquorate"),
    ],
)
def test_a_held_ballot_says_what_it_would_have_been(counts: Counts, would_be: str) -> None:
    outcome = decide(STANDARD_TERMS["retirement"], counts)
    assert (outcome.result, outcome.would_be) == ("held", would_be)


def test_a_held_tie_would_be_a_tie() -> None:
    assert decide(STANDARD_TERMS["ordinary"], Counts(5, approve=2, reject=2, hold=1)).would_be == "tie"


def test_one_approval_each_way_is_too_little_to_tie() -> None:
    assert decide(STANDARD_TERMS["ordinary"], Counts(3, approve=1, reject=1)).result == "not_carried"


def test_the_casting_vote_decides_a_tie_both_ways() -> None:
    casting = STANDARD_TERMS["ordinary_casting"]
    tie = Counts(9, approve=4, reject=4)
    assert decide(casting, tie).result == "tie"
    assert decide(casting, replace(tie, casting="approve")).result == CARRIED
    assert decide(casting, replace(tie, casting="reject")).result == "not_carried"


def test_a_casting_vote_is_ignored_unless_the_terms_give_one_and_the_ballot_ties() -> None:
    tie = Counts(9, approve=4, reject=4, casting="approve")
    assert decide(STANDARD_TERMS["ordinary"], tie).result == "tie"
    lost = Counts(9, approve=3, reject=4, casting="approve")
    assert decide(STANDARD_TERMS["ordinary_casting"], lost).result == "not_carried"
    assert decide(STANDARD_TERMS["retirement"], tie).result == "not_carried"


@pytest.mark.parametrize(
    "numbers",
    [
        {"roll": -1},
        {"roll": 9, "approve": -1},
        {"roll": 9.0},
        {"roll": "9"},
        {"roll": 9, "hold": 1.5},
        {"roll": 9, "reject": True},
        {"roll": 9, "recused": None},
        {"roll": 3, "recused": 2, "departed": 2},
        {"roll": 3, "approve": 2, "reject": 2},
        {"roll": 3, "recused": 1, "approve": 2, "abstain": 1},
        {"roll": 8, "approve": 4, "reject": 4, "casting": "approve"},
        {"roll": 0, "casting": "reject"},
        {"roll": 9, "approve": 4, "reject": 4, "casting": "abstain"},
    ],
    ids=str,
)
def test_numbers_that_cannot_all_be_true_are_refused(numbers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        decide(STANDARD_TERMS["ordinary_casting"], Counts(**numbers))


@pytest.mark.parametrize("terms", ALL_TERMS, ids=lambda terms: terms.name)
def test_quorum_and_needed_are_whole_numbers_for_every_result(terms: Terms) -> None:
    seen = set()
    for counts in EVERY_COUNT:
        outcome = decide(terms, counts)
        seen.add(outcome.result)
        assert outcome.result in RESULTS
        assert (outcome.would_be is not None) == (outcome.result == "held")
        assert type(outcome.quorum) is int
        assert 0 <= outcome.quorum <= counts.eligible + 1
        assert type(outcome.needed) is int
        assert outcome.needed >= terms.least_approvals
        assert outcome.result != CARRIED or counts.approve >= outcome.needed
    assert {CARRIED, "unable_to_act"} <= seen


@pytest.mark.parametrize("terms", ALL_TERMS, ids=lambda terms: terms.name)
def test_a_further_approval_never_loses_a_carried_ballot(terms: Terms) -> None:
    tried = 0
    for counts in EVERY_COUNT:
        if counts.silent and decide(terms, counts).result == CARRIED:
            tried += 1
            assert decide(terms, replace(counts, approve=counts.approve + 1)).result == CARRIED, counts
    assert tried or terms.name == "written_consent"


@pytest.mark.parametrize("terms", WITHOUT_A_GATE_A_REJECT_COULD_OPEN, ids=lambda terms: terms.name)
def test_turning_silence_into_reject_never_carries_a_lost_ballot(terms: Terms) -> None:
    for counts in EVERY_COUNT:
        if counts.silent and decide(terms, counts).result != CARRIED:
            assert decide(terms, replace(counts, reject=counts.reject + 1)).result != CARRIED, counts


@pytest.mark.parametrize("name", ["ordinary", "ordinary_casting"])
def test_under_ordinary_terms_a_reject_can_open_the_quorum_and_this_is_known(name: str) -> None:
    carried_by_a_reject = [
        counts
        for counts in EVERY_COUNT
        if counts.silent
        and not (counts.hold or counts.recused or counts.abstain)
        and decide(STANDARD_TERMS[name], counts).result != CARRIED
        and decide(STANDARD_TERMS[name], replace(counts, reject=counts.reject + 1)).result == CARRIED
    ]
    assert carried_by_a_reject[0] == Counts(4, approve=2)


@pytest.mark.parametrize("terms", ALL_TERMS, ids=lambda terms: terms.name)
def test_recusing_an_approval_never_carries_a_lost_ballot(terms: Terms) -> None:
    for counts in EVERY_COUNT:
        if counts.approve and decide(terms, counts).result != CARRIED:
            recused = replace(counts, approve=counts.approve - 1, recused=counts.recused + 1)
            assert decide(terms, recused).result != CARRIED, counts


def test_recusing_a_reject_or_a_silent_member_can_carry_a_lost_ballot() -> None:
    retirement = STANDARD_TERMS["retirement"]
    lost = Counts(9, approve=5, reject=3)
    assert decide(retirement, lost).result == "not_carried"
    assert decide(retirement, replace(lost, reject=2, recused=1)).result == CARRIED
    silent = Counts(8, approve=4)
    assert decide(retirement, silent).result == "inquorate"
    assert decide(retirement, replace(silent, recused=1)).result == CARRIED


@given(any_terms, any_counts())
def test_properties_hold_for_large_rolls_too(terms: Terms, counts: Counts) -> None:
    result = decide(terms, counts).result
    if result == CARRIED and counts.silent:
        assert decide(terms, replace(counts, approve=counts.approve + 1)).result == CARRIED
    if result != CARRIED and counts.silent and not terms.name.startswith("ordinary"):
        assert decide(terms, replace(counts, reject=counts.reject + 1)).result != CARRIED
    if result != CARRIED and counts.approve:
        recused = replace(counts, approve=counts.approve - 1, recused=counts.recused + 1)
        assert decide(terms, recused).result != CARRIED


@given(any_terms, any_counts())
def test_needed_never_falls_when_someone_votes_or_stays_eligible(terms: Terms, counts: Counts) -> None:
    if counts.silent:
        assert needed(terms, replace(counts, approve=counts.approve + 1)) >= needed(terms, counts)
        assert needed(terms, replace(counts, reject=counts.reject + 1)) >= needed(terms, counts)
        assert needed(terms, replace(counts, abstain=counts.abstain + 1)) == needed(terms, counts)
    if counts.recused:
        assert needed(terms, replace(counts, recused=counts.recused - 1)) >= needed(terms, counts)


@given(any_terms, any_counts())
def test_departing_counts_as_recusing_does(terms: Terms, counts: Counts) -> None:
    moved = replace(counts, recused=counts.recused + counts.departed, departed=0)
    assert decide(terms, moved) == decide(terms, counts)


@given(any_terms, any_counts())
def test_terms_survive_their_snapshot(terms: Terms, counts: Counts) -> None:
    restored = terms_from_data(json.loads(json.dumps(terms_as_data(terms))))
    assert restored == terms
    assert decide(restored, counts) == decide(terms, counts)
