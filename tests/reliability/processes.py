"""Real processes of the product, started and killed by tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent.parent

PURPOSE = "tests.reliability"
EFFECT = "tests.answer.received"

#: Seconds; two thirds of it is what the provider may take.
LEASE = 4


class Worker:
    """A worker with its scheduler, in a session of its own, so that a kill reaches all of it."""

    def __init__(self, database_url: str, folder: Path, log: IO[bytes], lease: int = LEASE) -> None:
        name = f"w{time.monotonic_ns()}"
        environment = os.environ | {
            "DATABASE_URL": database_url,
            "MODEL_CALL_LEASE": str(lease),
            "MODEL_CALL_SWEEP": "1",
            "PYTHONPATH": str(ROOT),
        }
        arguments = [
            "--pool=prefork",
            "--concurrency=1",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=INFO",
        ]
        arguments += ["--beat", f"--schedule={folder / name}", f"--hostname={name}@test"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tests.reliability.worker", "worker", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill(self) -> None:
        """SIGKILL to the worker and all its children at once: what a machine does that loses power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@contextmanager
def workers(database_url: str, folder: Path, *, lease: int = LEASE) -> Iterator[Callable[[], Worker]]:
    """Start as many workers as wanted; none is left running. Their log stands beside a failure.

    `lease`: seconds; a real model needs more than the few that a test of lost workers wants to wait for.
    """
    started: list[Worker] = []
    log_file = folder / "workers.log"
    with log_file.open("wb") as log:

        def start() -> Worker:
            started.append(Worker(database_url, folder, log, lease))
            return started[-1]

        try:
            yield start
        finally:
            for worker in started:
                worker.kill()
            print(log_file.read_text()[-20_000:])  # noqa: T201  shown by pytest beside a failure


def wait_until(found: Callable[[], bool], what: str, *, seconds: float = 60) -> None:
    """Return once `found()`; fail, saying what was waited for, after so many seconds."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)
