"""make bench: what auditing costs, as ratios against named references measured in the same run.

Every figure is a ratio of medians of interleaved rounds, so that whatever else the machine does falls on both
sides. Prints a table and writes bench/results.json. Exit code 1 when a figure misses its bar.
"""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("BENCH_SETTINGS", "bench.settings")
django.setup()

from bench import pages, writes  # noqa: E402  the apps must be loaded first

RESULTS = Path(__file__).parent / "results.json"
ROUNDS, PER_ROUND = 9, 150


def median_seconds(contenders: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of one call of each contender, over interleaved rounds."""
    for work in contenders.values():
        for _ in range(20):
            work()
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            for _ in range(PER_ROUND):
                started = time.perf_counter()
                work()
                taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in taken.items()}


def main() -> int:
    writes.set_up()
    seconds = median_seconds(writes.contenders())
    reference = seconds["simple-history save"]
    rows = [
        {
            "figure": f"one-row write: {name}",
            "ratio": round(value / reference, 2),
            "reference": "django-simple-history's own save in a transaction",
            "microseconds": round(value * 1e6),
            "bar": 2.5 if name == "Emeritus command" else None,
        }
        for name, value in seconds.items()
    ]
    rows += pages.measured()
    missed = [row for row in rows if row["bar"] is not None and row["ratio"] > row["bar"]]
    for row in rows:
        bar = f"≤ {row['bar']}" if row["bar"] is not None else ""
        print(f"{row['figure']:<58} {row['ratio']:>8} {bar:<8} {'MISSED' if row in missed else ''}")
    about = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    RESULTS.write_text(json.dumps({"about": about, "rows": rows}, indent=2) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
