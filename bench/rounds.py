"""Interleaved rounds: whatever else the machine does falls on both sides of a ratio."""

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any


def median_seconds(
    contenders: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    each: int,
    warm: int = 1,
    enter: Callable[[str], None] = lambda name: None,
) -> dict[str, float]:
    """The median seconds of one call of each contender: `each` calls in each of `rounds` rounds.

    `enter(name)` is called before a contender's turn in a round, `warm` calls follow that are not counted.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            enter(name)
            for _ in range(warm):
                work()
            for _ in range(each):
                started = time.perf_counter()
                work()
                taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in taken.items()}


def row(figure: str, value: float, *, over: float, reference: str, bar: float | None) -> dict[str, Any]:
    """One line of the table: `value` against `over`, which `reference` names."""
    return {"figure": figure, "ratio": round(value / over, 3), "reference": reference, "bar": bar}
