"""The permission table: every URL × method × role, one module per app, each with `TABLE: list[Row]`.

tests/security/test_permissions.py walks the whole URL conf and fails on a pattern that no row names, so a new
page cannot be forgotten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.cast import ROLES, Cast

NOBODY = "nobody"
EVERYONE = (NOBODY, *ROLES)
SIGNED_IN = tuple(ROLES)


@dataclass(frozen=True)
class Row:
    """One URL and method, and what each role gets.

    `make(cast)` builds what the URL needs and returns its keyword arguments ({} without arguments). `expect`
    maps a role to a status; `otherwise` is the status of signed-in people it does not name. Nobody is led to
    sign-in (302) on a desk page unless `expect` says otherwise. A POST sends `data(cast, kwargs)`. Statuses
    303/200 mean "may"; 403 forbidden, 404 hidden, 409/422 may, but not like this.
    """

    name: str
    method: str
    expect: Mapping[str, int]
    otherwise: int = 403
    make: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    data: Callable[[Cast, dict[str, Any]], dict[str, Any]] = lambda cast, kwargs: {}

    def expected(self, role: str) -> int:
        if role in self.expect:
            return self.expect[role]
        return 302 if role == NOBODY else self.otherwise
