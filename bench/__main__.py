"""make bench: what auditing costs, as ratios against named references measured in the same run.

Every figure is a ratio of medians of interleaved rounds, so that whatever else the machine does falls on both
sides. Prints a table and writes bench/results.json. `make bench ARGS="writes audit"` measures those parts alone and
leaves the others' results as they are. Exit code 1 when a figure misses its bar, 2 for a part there is none of.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("BENCH_SETTINGS", "bench.settings")
django.setup()

from bench import board, pages, writes  # noqa: E402  the apps must be loaded first
from bench.million import figures  # noqa: E402

RESULTS = Path(__file__).parent / "results.json"
PARTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "writes": writes.measured,
    "pages": pages.measured,
    "board": board.measured,
    "audit": figures.measured,
}


def main(arguments: list[str]) -> int:
    if unknown := set(arguments) - set(PARTS):
        print(
            f"There is no part {', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}.", file=sys.stderr
        )
        return 2
    kept = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else []
    rows: list[dict[str, Any]] = []
    for part, measure in PARTS.items():
        if arguments and part not in arguments:
            rows += [row for row in kept if row.get("part") == part]
            continue
        started = time.monotonic()
        found = [{"part": part, **row} for row in measure()]
        rows += found
        show(found)
        print(f"{part}: {time.monotonic() - started:.0f} s\n", flush=True)
    about = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    RESULTS.write_text(json.dumps({"about": about, "rows": rows}, indent=2, ensure_ascii=False) + "\n")
    return 1 if any(missed(row) for row in rows) else 0


def missed(row: dict[str, Any]) -> bool:
    return row["bar"] is not None and bool(row["ratio"] > row["bar"])


def show(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        bar = f"≤ {row['bar']:.3g}" if row["bar"] is not None else ""
        print(f"{row['figure']:<110} {row['ratio']:>8} {bar:<8} {'MISSED' if missed(row) else ''}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
