"""The permission table walked: every URL pattern × method × role, and no pattern without a row."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import ROLES, Cast
from tests.security import permissions
from tests.security.permissions import EVERYONE, NOBODY, Row

ROWS: list[Row] = [
    row
    for info in pkgutil.iter_modules(permissions.__path__)
    for row in importlib.import_module(f"{permissions.__name__}.{info.name}").TABLE
]

# allauth's own pages; what they do is its business, what we changed is tested in tests/accounts.
FOREIGN = ("account_", "mfa_", "openid_connect_", "socialaccount_")


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, space)
        elif entry.name:
            yield f"{prefix}{entry.name}", entry
        else:
            yield f"{prefix}{entry.pattern}", entry


def test_every_url_pattern_is_in_the_table() -> None:
    ours = {name for name, _ in patterns() if not name.startswith(FOREIGN)}
    named = {row.name for row in ROWS}
    assert ours - named == set(), "pages without a row"
    assert named - ours == set(), "rows without a page"


def test_every_desk_page_needs_sign_in_and_has_a_row_for_get_and_post() -> None:
    missing = []
    for name, pattern in patterns():
        view = pattern.callback
        methods = {row.method for row in ROWS if row.name == name}
        if name.startswith(FOREIGN) or not getattr(view, "needs_sign_in", False):
            continue
        if "GET" not in methods:
            missing.append(f"{name} GET")
    assert missing == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.name}")
def test_each_role_gets_what_the_table_says(row: Row, cast: Cast, signed_in: Callable[[str], Client]) -> None:
    kwargs = row.make(cast)
    url = reverse(row.name, kwargs=kwargs)
    data = row.data(cast, kwargs) if row.method == "POST" else {}
    wrong = {}
    for role in EVERYONE:
        # Each finds the record as it was made: a permitted POST would move it on for those after it.
        before = transaction.savepoint()
        client = Client() if role == NOBODY else signed_in(role)
        response = getattr(client, row.method.lower())(url, data)
        transaction.savepoint_rollback(before)
        if response.status_code != row.expected(role):
            wrong[role] = (response.status_code, row.expected(role))
    assert wrong == {}, "role: (got, expected)"


def test_the_cast_covers_every_role() -> None:
    assert {role for roles in ROLES.values() for role in roles} >= {
        "steward", "board_member", "secretary", "interviewer", "coder", "editor", "publisher", "archivist", "auditor"
    }  # fmt: skip
