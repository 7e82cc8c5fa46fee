"""Are the guards on, and do we work as somebody who cannot take them off?"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from audit.hardening import connected
from audit.models import Checkpoint, Event, Leaf, Node, SigningKey
from audit.operations import EVENT_TRIGGERS, HISTORY_TRIGGERS, LIVE_TRIGGERS, PROOF_TRIGGERS
from audit.queries import tracked_models


def expected_triggers() -> set[tuple[str, str]]:
    """(table, trigger) for every tracked table, its history, the events and the seal."""
    expected = {(Event._meta.db_table, name) for name, *_ in EVENT_TRIGGERS}
    for proof in (Leaf, Node, Checkpoint, SigningKey):
        expected |= {(proof._meta.db_table, name) for name, *_ in PROOF_TRIGGERS}
    for model in tracked_models():
        history = model.history.model._meta.db_table
        expected |= {(model._meta.db_table, name) for name, *_ in LIVE_TRIGGERS}
        expected |= {(history, name) for name, *_ in HISTORY_TRIGGERS}
    return expected


def enabled_triggers() -> set[tuple[str, str]]:
    """(table, trigger) of all that fire always, whatever a session says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
            " where not t.tgisinternal and t.tgenabled = 'A'"
        )
        return set(cursor.fetchall())


@register(Tags.database)
def guards_are_on(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error per table without its guards. Silent before the first migration."""
    if (
        "default" not in (databases or ())
        or Event._meta.db_table not in connection.introspection.table_names()
    ):
        return []
    tables = set(connection.introspection.table_names())
    missing = sorted(
        (table, name) for table, name in expected_triggers() - enabled_triggers() if table in tables
    )
    return [
        Error(
            f"{table} lacks its guard {name}: changes could go unrecorded.",
            hint="Find out who removed it; put it back with the migration that made it.",
            id="audit.E001",
        )
        for table, name in missing
    ]


@register(Tags.database)
def nobody_works_as_the_owner(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A warning when this connection could change what is recorded. Local mode has one role only."""
    if (
        settings.LOCAL_MODE
        or "default" not in (databases or ())
        or Event._meta.db_table not in connection.introspection.table_names()
    ):
        return []
    us = connected()
    if not us.unsafe:
        return []
    return [
        Warning(
            f"The database role {us.role} could switch the guards off"
            if us.owns
            else f"The database role {us.role} may change or delete what is recorded",
            hint="Migrations run as the owner; the web server and the worker should not. Set up roles with"
            " manage.py audit harden, and let DATABASE_URL name the application's.",
            id="audit.W001",
        )
    ]
