from typing import Any

from accounts.models import RoleGrant
from tests.accounts.test_organisation import make_organisation
from tests.cast import Cast
from tests.security.permissions import Row

KEEPERS = {"steward": 200, "secretary": 200}
READERS = {**KEEPERS, "auditor": 200}


def somebody(cast: Cast) -> dict[str, Any]:
    return {"person_id": cast.person("editor").pk}


def the_steward(cast: Cast) -> dict[str, Any]:
    return {"person_id": cast.person("steward").pk}


def a_grant(cast: Cast) -> dict[str, Any]:
    return {"grant_id": RoleGrant.objects.get(person=cast.person("editor")).pk}


def founded(cast: Cast) -> dict[str, Any]:
    make_organisation(cast)
    return {}


def a_reason(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"reason": "The column is over."}


def a_role(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"role": "coder"}


def a_name(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Lucia"}


def a_rule(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"public_site": "yes", "roll_call": "totals", "reason": "Asked for."}


def done(*roles: str) -> dict[str, int]:
    return dict.fromkeys(roles, 303)


TABLE = [
    Row("accounts:people", "GET", READERS),
    Row("accounts:person", "GET", READERS, make=somebody),
    Row("accounts:person-admit", "GET", KEEPERS),
    Row("accounts:person-admit", "POST", {"steward": 422, "secretary": 422}),
    Row("accounts:person-edit", "GET", KEEPERS, make=somebody),
    Row("accounts:person-edit", "POST", done("steward", "secretary"), make=somebody, data=a_name),
    Row("accounts:person-grant", "GET", KEEPERS, make=somebody),
    Row("accounts:person-grant", "POST", done("steward", "secretary"), make=somebody, data=a_role),
    # Of their own, nobody: not the steward either.
    Row("accounts:person-grant", "GET", {"secretary": 200}, make=the_steward),
    Row("accounts:person-grant", "POST", done("secretary"), make=the_steward, data=a_role),
    Row("accounts:person-deactivate", "GET", KEEPERS, make=somebody),
    Row("accounts:person-deactivate", "POST", done("secretary"), make=the_steward, data=a_reason),
    Row("accounts:person-reactivate", "GET", KEEPERS, make=somebody),
    Row("accounts:person-reactivate", "POST", done("secretary"), make=the_steward, data=a_reason),
    Row("accounts:person-invite", "GET", {}, otherwise=405, make=somebody),
    Row("accounts:person-invite", "POST", done("steward", "secretary"), make=somebody),
    Row("accounts:grant-revoke", "GET", {**KEEPERS, "auditor": 403}, otherwise=404, make=a_grant),
    Row(
        "accounts:grant-revoke",
        "POST",
        {**done("steward", "secretary"), "auditor": 403},
        otherwise=404,
        make=a_grant,
        data=a_reason,
    ),
    Row("accounts:visibility", "GET", READERS, make=founded),
    Row("accounts:visibility", "POST", done("steward", "secretary"), make=founded, data=a_rule),
]
