"""With `-n`, a run goes over several processes; this says how many, which tests stay together and which run alone.

Each process has a test database and a broker of its own (pytest-django, tests.whole). What they share is the database
server, the model server and the machine. A test that watches one of those is marked `alone`: while it runs the other
processes wait between two tests. They agree by an advisory lock of the database server, held shared or exclusively
for as long as a test with its set-up and tear-down lasts; the server serves it in the order of asking, so that
nobody waits for ever.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from zlib import crc32

import psycopg
import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

from tests.whole import PROCESSES

TURN = crc32(os.environ.get("PYTEST_XDIST_TESTRUNUID", "").encode())
"""The number of this run's advisory lock, in the maintenance database."""

SHARING = ("tests/journeys/", "tests/audit/test_nothing_gets_around.py")
"""Where the tests of a file share something that is slow to make (fixtures of module scope)."""

LONG = ("tests/config/", "tests/journeys/test_walkthrough.py")
"""Here the demonstration stands in a transaction for a whole file, and there the seal waits for all transactions."""


class KeepTogether(LoadScopeScheduling):
    """Hand out all of LONG as one piece of work, each file of SHARING as another, and any other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if path.startswith(LONG):
            return "one after another"
        return path if path.startswith(SHARING) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process per core for a whole run; none but this one for files that were named, or to debug."""
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, PROCESSES) if cores > 1 else 0


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return KeepTogether(config, log)


@cache
def _lock() -> "psycopg.Connection[Any]":
    """A connection to the maintenance database of the tests' server, kept for the run."""
    from django.conf import settings  # noqa: PLC0415  not before the broker of tests.whole is set

    given = settings.DATABASES["default"]
    return psycopg.connect(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


@contextmanager
def turn(*, alone: bool = False) -> Iterator[None]:
    """Beside the other processes of this run, or while they wait. Nothing to agree on when there is only one."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    kind = "" if alone else "_shared"
    _lock().execute(f"select pg_advisory_lock{kind}({TURN})")
    try:
        yield
    finally:
        _lock().execute(f"select pg_advisory_unlock{kind}({TURN})")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    with turn(alone=item.get_closest_marker("alone") is not None):
        return (yield)
