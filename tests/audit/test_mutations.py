"""Every kind of table × every way of tampering: the verifier names the record."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from audit.signing import new_key_file
from audit.verifying import Broken, verify
from tests.audit.log import SealedLog, sealed_log
from tests.audit.mutations import BESIDES, KINDS, MATRIX, WAYS
from tests.databases import fresh_database

CELLS = [
    pytest.param(cell, id=f"{kind}: {way}")
    for kind in KINDS
    for way, cell in zip(WAYS, MATRIX[kind], strict=True)
    if not isinstance(cell, str)
]


@pytest.fixture(scope="module")
def original(
    _template_database: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, SealedLog]]:
    """A sealed log, made once; every test tampers with a copy of its own."""
    folder = tmp_path_factory.mktemp("log")
    new_key_file(folder / "key.pem")
    with django_db_blocker.unblock(), fresh_database(_template_database):
        with override_settings(AUDIT_SIGNING_KEY_FILE=str(folder / "key.pem")):
            made = sealed_log(folder)
        yield connections["default"].settings_dict["NAME"], made


@pytest.fixture
def log(original: tuple[str, SealedLog], tmp_path: Path) -> Iterator[SealedLog]:
    name, made = original
    with fresh_database(name):
        yield SealedLog(made.signer, made.older, tmp_path)


@pytest.mark.parametrize("mutation", [*CELLS, *BESIDES])
def test_the_verifier_names_what_was_changed(mutation: Callable[[SealedLog], str], log: SealedLog) -> None:
    named = mutation(log)
    with pytest.raises(Broken, match=named):
        verify(log.export(), log.older)


def test_the_log_before_it_was_touched_verifies(log: SealedLog) -> None:
    assert verify(log.export(), log.older).size == 9


def test_every_cell_of_the_matrix_is_tried_or_says_why_not() -> None:
    assert set(MATRIX) == set(KINDS)
    assert all(len(cells) == len(WAYS) for cells in MATRIX.values())
    reasons = {cell for cells in MATRIX.values() for cell in cells if isinstance(cell, str)}
    assert all(re.fullmatch(r"[a-z].{10,}", reason) for reason in reasons)
    for way, column in zip(WAYS, zip(*MATRIX.values(), strict=True), strict=True):
        assert any(not isinstance(cell, str) for cell in column), f"nobody tries to {way}"
