"""What holds for the whole run, loaded by the settings in pyproject.toml before the product is.

Nothing is left out silently: a skipped test is a failed one. And the tests have a broker database of their own:
a worker beside them, of `manage.py local` or of a colleague, would take the messages meant for theirs.
"""

import gc
import os
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

BROKER_DATABASE = "/8"

if "CELERY_BROKER_URL" in os.environ:
    os.environ["CELERY_BROKER_URL"] = urlunsplit(
        urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path=BROKER_DATABASE)
    )


def pytest_configure(config: pytest.Config) -> None:
    """As manage.py does: making the test database would take twice as long."""
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure that names its reason."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"left out: {reason}"
    return report


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A module that takes itself out is a failure too."""
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"left out: {reason}"
