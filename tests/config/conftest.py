"""The demonstration, made once for a module of tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from config import demo
from tests.side_by_side import turn


@pytest.fixture(scope="module")
def _told_once(_template_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration but for the 331 vendors' notices, made once for this module and rolled back after it.

    Its transaction is open between two tests as well: the turn lasts as long. The template is made before it.
    """
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django's own TestCase: commands may be durable in it
    with turn(), django_db_blocker.unblock(), around:
        demo.ensure_demo()
        demo.ensure_story()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def told(_told_once: None, db: None) -> None:
    """The demonstration, as it was made; what a test changes in it is undone."""
