"""Where a ballot stands: what is missing, what is spare, what the silent can still change."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given

from board.standing import result_holds_aside, standing, without_one_recusal
from board.tally import CARRIED, STANDARD_TERMS, Counts, Terms, decide
from tests.board.test_tally import ALL_TERMS, any_counts, any_terms, every_count


@pytest.mark.parametrize(
    ("terms", "counts", "settled"),
    [
        ("ordinary", Counts(9, approve=5), "carried"),
        ("ordinary", Counts(9, approve=4, reject=1), None),
        ("ordinary", Counts(9, approve=5, reject=3), "carried"),
        ("retirement", Counts(9, approve=6, reject=1), "carried"),
        ("retirement", Counts(9, approve=7, reject=1), "carried"),
        ("retirement", Counts(9, approve=1, reject=4), "lost"),
        ("irreversible", Counts(9, approve=7, abstain=1), "carried"),
        ("irreversible", Counts(9, approve=4, reject=2), "lost"),
    ],
    ids=["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"],
)
def test_settled_case_comes_out_as_written(terms: str, counts: Counts, settled: str | None) -> None:
    assert standing(STANDARD_TERMS[terms], counts).settled == settled


def every_completion(counts: Counts) -> list[Counts]:
    left = range(counts.silent + 1)
    return [
        replace(
            counts,
            approve=counts.approve + approve,
            reject=counts.reject + reject,
            abstain=counts.abstain + abstain,
        )
        for approve, reject, abstain in product(left, left, left)
        if approve + reject + abstain <= counts.silent
    ]


@pytest.mark.parametrize("terms", ALL_TERMS, ids=lambda terms: terms.name)
def test_settled_and_fixed_agree_with_every_completion_of_small_rolls(terms: Terms) -> None:
    for counts in every_count(3, 7):
        found = standing(terms, counts)
        results = {result_holds_aside(terms, completion) for completion in every_completion(counts)}
        if found.settled == "carried":
            assert results == {CARRIED}, counts
        elif found.settled == "lost":
            assert CARRIED not in results, counts
        else:
            assert {CARRIED} < results, counts
        assert (found.fixed is not None) == (len(results) == 1 and found.outcome.result != "held"), counts


def test_a_lost_ballot_whose_name_can_still_change_is_settled_but_not_fixed() -> None:
    found = standing(STANDARD_TERMS["retirement"], Counts(9, approve=1, reject=4))
    assert (found.settled, found.fixed, found.outcome.result) == ("lost", None, "inquorate")


@given(any_terms, any_counts(largest=60))
def test_missing_approvals_are_just_enough(terms: Terms, counts: Counts) -> None:
    missing = standing(terms, counts).missing
    if missing is None:
        assert result_holds_aside(terms, replace(counts, approve=counts.approve + counts.silent)) != CARRIED
        return
    assert result_holds_aside(terms, replace(counts, approve=counts.approve + missing)) == CARRIED
    if missing:
        one_less = replace(counts, approve=counts.approve + missing - 1)
        assert result_holds_aside(terms, one_less) != CARRIED


@given(any_terms, any_counts(largest=60))
def test_spare_approvals_are_as_many_as_can_be_taken_away(terms: Terms, counts: Counts) -> None:
    spare = standing(terms, counts).spare
    if spare is None:
        assert result_holds_aside(terms, counts) != CARRIED
        return
    assert result_holds_aside(terms, replace(counts, approve=counts.approve - spare)) == CARRIED
    if spare < counts.approve:
        one_less = replace(counts, approve=counts.approve - spare - 1)
        assert result_holds_aside(terms, one_less) != CARRIED


def test_a_hold_is_set_aside_when_asking_what_is_missing() -> None:
    found = standing(STANDARD_TERMS["retirement"], Counts(9, recused=1, approve=3, reject=1, hold=1))
    assert (found.outcome.result, found.outcome.needed, found.missing) == ("held", 5, 2)


def test_without_its_recusal_a_ballot_is_counted_with_one_more_eligible() -> None:
    retirement = STANDARD_TERMS["retirement"]
    counts = Counts(9, recused=1, approve=5, reject=2)
    assert decide(retirement, counts).result == CARRIED
    back = without_one_recusal(retirement, counts)
    assert (back.as_silent.result, back.as_silent.eligible) == (CARRIED, 9)
    assert back.as_reject.result == "not_carried"
    assert back.as_approve.result == CARRIED


def test_without_a_recusal_there_is_nothing_to_ask() -> None:
    with pytest.raises(ValueError, match="nobody is recused"):
        without_one_recusal(STANDARD_TERMS["retirement"], Counts(9))
