"""Run by `manage.py check --database default`: whether every auditor's role ends."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection

from accounts.models import RoleGrant
from accounts.queries import auditors_without_end


@register(Tags.database)
def every_auditor_has_an_end(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A warning that names the auditors whose role has no end. Silent before the first migration."""
    if (
        "default" not in (databases or ())
        or RoleGrant._meta.db_table not in connection.introspection.table_names()
    ):
        return []
    names = [grant.person.name for grant in auditors_without_end()]
    if not names:
        return []
    return [
        Warning(
            f"The auditor's role of {', '.join(names)} has no end",
            hint="Grant it anew with a last day, on the page of the person: that ends the older grant.",
            id="accounts.W001",
        )
    ]
