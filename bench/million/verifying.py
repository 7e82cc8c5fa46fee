"""Verifying an export of a million events offline, beside reading and hashing the same bytes; and its memory."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections

from audit.exporting import export
from bench import rounds
from bench.million import worlds
from bench.million.worlds import World

ROUNDS = 3

# What a verifier reads and hashes at the least: each line for the digest of the file, the record and each version
# in it, its leaf's own bytes, a node per leaf. In the same pieces; no piece is looked at.
REFERENCE = """
import sys
from hashlib import sha256
from pathlib import Path

node = bytes(65)
for path in sorted(Path(sys.argv[1]).rglob("*.jsonl")):
    whole = sha256()
    with path.open("rb") as file:
        for line in file:
            whole.update(line)
            for part in line.split(b'"record":'):
                sha256(part).digest()
            sha256(node).digest()
"""


def measured(hundredth: World, million: World) -> list[dict[str, Any]]:
    """Both worlds must be sealed. Raises when an export does not verify."""
    with TemporaryDirectory(prefix="emeritus-bench-") as there:
        small, large = Path(there, "small"), Path(there, "large")
        seconds_of_export = [
            _export(world, folder) for world, folder in ((hundredth, small), (million, large))
        ]
        (large / "reference.py").write_text(REFERENCE)
        taken: dict[str, list[float]] = {"verify": [], "reference": []}
        memory = {}
        _seconds, memory["small"] = _run("verify.py", small)
        for _ in range(ROUNDS):
            seconds, memory["large"] = _run("verify.py", large)
            taken["verify"].append(seconds)
            seconds, _memory = _run("reference.py", large)
            taken["reference"].append(seconds)
        size = sum(path.stat().st_size for path in large.rglob("*.jsonl"))
    value, over = statistics.median(taken["verify"]), statistics.median(taken["reference"])
    return [
        rounds.row(
            f"offline verify of {million.events:,} events, {size / 1e9:.1f} GB: {value:.0f} s",
            value,
            over=over,
            reference=f"reading and hashing the same bytes in the same pieces, {over:.1f} s",
            bar=6.0,
        ),
        rounds.row(
            f"its memory: {memory['large'] / 1024:.0f} MB",
            memory["large"],
            over=memory["small"],
            reference=f"{hundredth.events:,} events, {memory['small'] / 1024:.0f} MB",
            bar=1.2,
        ),
        rounds.row(
            f"export of {million.events:,} events: {seconds_of_export[1]:.0f} s",
            seconds_of_export[1],
            over=value,
            reference="its verification",
            bar=None,
        ),
    ]


def _export(world: World, folder: Path) -> float:
    started = time.perf_counter()
    with worlds.inside(world.name):
        made = export(folder)
        connections.close_all()
    if made.events != made.sealed or made.events < world.events:
        raise RuntimeError(f"{made} is not all of {world}, sealed")
    return time.perf_counter() - started


# A program's own peak: what a process counts as its children's begins with the memory of the parent it was copied from.
TELLING = """
import runpy, sys

path = sys.argv.pop(1)
sys.argv[0] = path
try:
    runpy.run_path(path, run_name="__main__")
finally:
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
"""


def _run(program: str, folder: Path) -> tuple[float, int]:
    """Seconds that a fresh Python, with its standard library alone, takes for a program, and its most memory in kB."""
    started = time.perf_counter()
    command = [sys.executable, "-I", "-S", "-c", TELLING, program, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program} in {folder} ended with {done.returncode}: {done.stderr}")
    return time.perf_counter() - started, int(done.stderr.split()[-1])
