"""Small-sample statistics of interviews. Pure: standard library only, imports without Django settings."""

from __future__ import annotations

from math import sqrt

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
