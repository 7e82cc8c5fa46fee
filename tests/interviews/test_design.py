"""The design: the same cells every time, and an honest sentence about what they can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import design

PLAN = {
    "protocol": "p" * 64,
    "kind": "statement",
    "model": {"slug": "wren", "endpoint": "local"},
    "framings": ["neutral", "sceptical"],
    "wordings": 1,
    "replicates": 2,
    "parameters": {"max_tokens": 200, "temperature": 0.7},
    "stop_after_errors": 2,
    "budget_tokens": 4000,
}


def test_a_small_design_has_one_session_per_cell_in_a_fixed_order():
    cells = design.expand(framings=["neutral", "sceptical"], wordings=1, replicates=2)
    assert [(cell.number, cell.key) for cell in cells] == [
        (1, "neutral/w1/r1"),
        (2, "neutral/w1/r2"),
        (3, "sceptical/w1/r1"),
        (4, "sceptical/w1/r2"),
    ]


@given(
    framings=st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=4, unique=True),
    wordings=st.integers(1, 3),
    replicates=st.integers(1, 5),
)
def test_every_cell_of_the_product_stands_in_the_design_exactly_once(framings, wordings, replicates):
    cells = design.expand(framings=framings, wordings=wordings, replicates=replicates)
    assert len(cells) == len(framings) * wordings * replicates
    assert len({cell.key for cell in cells}) == len(cells)
    assert [cell.number for cell in cells] == list(range(1, len(cells) + 1))
    assert cells == design.expand(framings=framings, wordings=wordings, replicates=replicates)


@pytest.mark.parametrize(
    ("framings", "wordings", "replicates"),
    [([], 1, 1), (["a"], 0, 1), (["a"], 1, 0), (["a", "a"], 1, 1), (["a", "b"], 1, 251)],
)
def test_an_impossible_design_is_refused(framings: list[str], wordings: int, replicates: int):
    with pytest.raises(ValueError, match="design"):
        design.expand(framings=framings, wordings=wordings, replicates=replicates)


def test_the_digest_of_a_design_is_the_same_for_the_same_plan_and_another_for_any_other():
    digests = {design.digest(design.document(**PLAN))}
    assert digests == {design.digest(design.document(**PLAN))}
    changes = [
        {"protocol": "q" * 64},
        {"kind": "pilot"},
        {"model": {"slug": "wren", "endpoint": "other"}},
        {"framings": ["sceptical", "neutral"]},
        {"wordings": 2},
        {"replicates": 3},
        {"parameters": {"max_tokens": 200, "temperature": 0.8}},
        {"stop_after_errors": 3},
        {"budget_tokens": 4001},
    ]
    digests |= {design.digest(design.document(**(PLAN | change))) for change in changes}
    assert len(digests) == len(changes) + 1


def test_the_most_a_run_can_cost_is_known_beforehand():
    assert design.most_tokens(sessions=4, questions=3, max_tokens=200) == 2400


def test_a_statement_claims_no_statistics():
    sentence = design.what_it_can_show(kind="statement", framings=2, sessions=4)
    assert sentence.startswith("4 sessions under 2 framings:")
    assert "claims no statistics" in sentence


def test_a_pilot_says_it_never_counts():
    assert "never in a statistic" in design.what_it_can_show(kind="pilot", framings=1, sessions=1)


def test_a_small_study_is_warned_about_comparing_framings():
    sentence = design.what_it_can_show(kind="study", framings=2, sessions=4)
    assert "between 15 % and 85 %" in sentence
    assert "framings cannot be compared" in sentence


def test_a_large_study_gives_both_widths():
    sentence = design.what_it_can_show(kind="study", framings=3, sessions=30)
    assert "between 33 % and 67 %" in sentence
    assert "(10 sessions) it would be 24 % to 76 %" in sentence
