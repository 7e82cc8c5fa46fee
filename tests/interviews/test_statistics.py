"""Statistics against values published elsewhere."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.statistics import wilson_interval


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
