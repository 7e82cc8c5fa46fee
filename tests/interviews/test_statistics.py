"""Statistics against values published elsewhere."""

import subprocess
import sys
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.statistics import krippendorff_alpha, wilson_interval


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
        (5, 56, 0.0387, 0.1926),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_gives_the_published_intervals(successes: int, n: int, low: float, high: float):
    """Values of method 3 in Newcombe, Statistics in Medicine 17 (1998), table I, and its mirror image."""
    assert wilson_interval(successes, n) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 5), (6, 5), (1, -1)])
def test_wilson_refuses_what_cannot_be_counted(successes: int, n: int):
    with pytest.raises(ValueError, match=r"observation"):
        wilson_interval(successes, n)


@given(n=st.integers(1, 500), data=st.data())
def test_wilson_holds_the_share_and_is_symmetric(n: int, data: st.DataObject):
    successes = data.draw(st.integers(0, n))
    low, high = wilson_interval(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    mirrored = wilson_interval(n - successes, n)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_statistics_import_without_django():
    code = "import sys, interviews.statistics; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def coded(row: str) -> list[str | None]:
    return [None if code == "*" else code for code in row.split()]


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        # Krippendorff 2011, section A: two coders, binary, ten units.
        (["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"], 0.095),
        # Section B: two coders, five codes, twelve units.
        (["a a b b d c c c e d d a", "b a b b b c c c e d d d"], 0.692),
        # Section C: four coders, five codes, missing codes.
        (
            [
                "1 2 3 3 2 1 4 1 2 * * *",
                "1 2 3 3 2 2 4 1 2 5 * 3",
                "* 3 3 3 2 3 4 2 2 5 1 *",
                "1 2 3 3 2 4 4 1 2 5 1 *",
            ],
            0.743,
        ),
    ],
)
def test_alpha_gives_the_published_values(rows: list[str], alpha: float):
    assert krippendorff_alpha([coded(row) for row in rows]) == pytest.approx(alpha, abs=0.0006)


def test_alpha_is_one_for_perfect_agreement():
    assert krippendorff_alpha([["a", "b", "b"], ["a", "b", "b"]]) == 1.0


@pytest.mark.parametrize(
    "ratings",
    [[], [[]], [["a", "b"]], [["a", None], [None, "b"]], [["a", "a"], ["a", "a"]]],
    ids=["no coder", "no unit", "one coder", "nothing coded twice", "one code only"],
)
def test_alpha_is_undefined_where_agreement_cannot_be_told_from_chance(ratings: list[list[str | None]]):
    assert isnan(krippendorff_alpha(ratings))


def test_alpha_refuses_coders_with_different_units():
    with pytest.raises(ValueError, match="same units"):
        krippendorff_alpha([["a"], ["a", "b"]])


@given(
    st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from(["a", "b", "c", None]), min_size=coders, max_size=coders), min_size=1
        )
    ),
    st.randoms(),
)
def test_alpha_does_not_depend_on_the_order_of_units_coders_or_names(units, random):
    alpha = krippendorff_alpha([list(row) for row in zip(*units, strict=True)])
    names = {"a": "x", "b": "y", "c": "z", None: None}
    shuffled = [[names[code] for code in unit] for unit in units]
    random.shuffle(shuffled)
    rows = [list(row) for row in zip(*shuffled, strict=True)]
    random.shuffle(rows)
    other = krippendorff_alpha(rows)
    assert (isnan(alpha) and isnan(other)) or other == pytest.approx(alpha)
    assert isnan(alpha) or alpha <= 1
