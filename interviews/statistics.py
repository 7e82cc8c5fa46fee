"""Small-sample statistics of interviews. Pure: standard library only, imports without Django settings."""

from __future__ import annotations

from collections import Counter
from math import nan, sqrt

Z_95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution: two-sided 95 %."""

FEWEST = 5
"""Below this many sessions a share is shown only with a warning."""


def wilson_interval(successes: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share, without continuity correction (Wilson 1927).

    ValueError: n = 0, or successes outside 0..n.
    """
    if n <= 0:
        raise ValueError("An interval needs at least one observation.")
    if not 0 <= successes <= n:
        raise ValueError("There cannot be more successes than observations, or fewer than none.")
    share = successes / n
    z_squared = Z_95 * Z_95
    centre = (share + z_squared / (2 * n)) / (1 + z_squared / n)
    half = Z_95 / (1 + z_squared / n) * sqrt(share * (1 - share) / n + z_squared / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return low, high


def krippendorff_alpha(ratings: list[list[str | None]]) -> float:
    """Krippendorff's alpha for nominal data: `ratings` is coders × units, None where a coder gave no code.

    From the coincidence matrix (Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011, section C).
    A unit coded by fewer than two coders says nothing about agreement and is left out. nan when undefined: no
    unit was coded twice, or only one code was ever used, so that no disagreement could have been expected.
    ValueError: coders with unequal numbers of units.
    """
    if len({len(row) for row in ratings}) > 1:
        raise ValueError("Every coder must have the same units.")
    units = [[code for code in unit if code is not None] for unit in zip(*ratings, strict=True)]
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    totals: Counter[str] = Counter()
    observed = 0.0
    for unit in pairable:
        size = unit.total()
        totals += unit
        observed += sum(count * (size - count) for count in unit.values()) / (size - 1)
    n = totals.total()
    expected = sum(count * (n - count) for count in totals.values())
    return nan if expected == 0 else 1 - (n - 1) * observed / expected
