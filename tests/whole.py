"""What holds for the whole run, loaded by the settings in pyproject.toml before the product is.

Nothing is left out silently: a skipped test is a failed one. And every process that runs tests has two databases of
the broker: a worker beside it, of `manage.py local` or of another process, would take the messages meant for its own.
"""

import gc
import os
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

PROCESSES = 4
"""At most so many run tests side by side: the broker has 16 databases, the first eight of them are not ours."""

PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
BROKER_OF_TESTS = 8 + 2 * PROCESS
BROKER_OF_INSTALLATION = BROKER_OF_TESTS + 1
"""For tests.journeys.installation, which brings a worker of its own."""

SETTINGS: dict[str, Any] = {
    "CLOCK_MAY_MOVE": True,
    # As in local mode: what a second factor changes is tested where it is switched on.
    "SECOND_FACTOR": "offered",
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}
"""What every test finds, and what is made before it for several."""


def broker(number: int) -> str:
    """The address of a database of the broker we were given."""
    return urlunsplit(urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path=f"/{number}"))


if "CELERY_BROKER_URL" in os.environ:
    os.environ["CELERY_BROKER_URL"] = broker(BROKER_OF_TESTS)


def pytest_configure(config: pytest.Config) -> None:
    """As manage.py does: making the test database would take twice as long."""
    if PROCESS >= PROCESSES:
        raise pytest.UsageError(f"-n {PROCESSES} at most: the broker has no more databases.")
    gc.set_threshold(100_000, 50, 100)


def _refuse_to_leave_out(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"left out: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure that names its reason."""
    report = yield
    _refuse_to_leave_out(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that takes itself out is a failure too."""
    report = yield
    _refuse_to_leave_out(report)
    return report
