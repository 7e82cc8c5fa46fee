"""Migration operations that put a table under guard. The functions they use are in sql/guards.sql.

    operations = [Guard("ballot"), Guard("position"), AppendOnly("position")]

in a migration of its own, after the model and its history exist, depending on ("audit", "0002_guard_functions").
"""

from pathlib import Path
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# name · timing · events · level · function; {live}, {history} and {key} are filled in per table.
LIVE_TRIGGERS = (
    ("audit_demand", "constraint", "insert or update or delete", "audit_demand('{history}', '{key}')"),
    ("audit_truncate", "statement", "truncate", "audit_refuse()"),
)
HISTORY_TRIGGERS = (
    ("audit_stamp", "before", "insert", "audit_stamp_version('{live}', '{key}')"),
    ("audit_witness", "constraint", "insert", "audit_witness()"),
    ("audit_append_only", "before", "update or delete", "audit_refuse()"),
    ("audit_truncate", "statement", "truncate", "audit_refuse()"),
)
EVENT_TRIGGERS = (
    ("audit_stamp", "before", "insert", "audit_stamp_event()"),
    ("audit_append_only", "before", "update or delete", "audit_refuse()"),
    ("audit_truncate", "statement", "truncate", "audit_refuse()"),
)
APPEND_ONLY_TRIGGERS = (("audit_append_only", "before", "update or delete", "audit_refuse()"),)
PROOF_TRIGGERS = (
    ("audit_append_only", "before", "update or delete", "audit_refuse()"),
    ("audit_truncate", "statement", "truncate", "audit_refuse()"),
)

_FORMS = {
    "constraint": (
        'create constraint trigger {name} after {events} on "{table}"'
        " deferrable initially deferred for each row execute function {function}"
    ),
    "before": 'create trigger {name} before {events} on "{table}" for each row execute function {function}',
    "statement": (
        'create trigger {name} before {events} on "{table}" for each statement execute function {function}'
    ),
}

Trigger = tuple[str, str, str, str]

_SQL = Path(__file__).parent / "sql"


def functions(*names: str, reverse: str = "") -> RunSQL:
    """Run files of sql/ with the search path pinned: this schema, and temporary tables last, never first."""
    text = "\n".join((_SQL / f"{name}.sql").read_text() for name in names)
    pinned = (
        "select set_config('audit.path', current_setting('search_path'), true),"
        " set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);\n"
    )
    back = "\nselect set_config('search_path', current_setting('audit.path'), true);"
    return RunSQL(pinned + text + back, reverse_sql=reverse or RunSQL.noop)


class _TriggerOperation(Operation):
    """Puts triggers on tables, every one ENABLE ALWAYS; taking them off again is the way back."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name.lower()

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of Django's state."""

    def tables(self, app_label: str, state: ProjectState) -> list[tuple[str, Trigger]]:
        raise NotImplementedError  # pragma: no cover - abstract

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table, (name, form, events, function) in self.tables(app_label, to_state):
            schema_editor.execute(
                _FORMS[form].format(name=name, events=events, table=table, function=function)
                + f'; alter table "{table}" enable always trigger {name}'
            )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table, (name, *_rest) in self.tables(app_label, from_state):
            schema_editor.execute(f'drop trigger if exists {name} on "{table}"')

    def describe(self) -> str:
        return f"{type(self).__name__} {self.model_name}"


class Guard(_TriggerOperation):
    """Tracked model: no change without its version, no version without its change and event."""

    def tables(self, app_label: str, state: ProjectState) -> list[tuple[str, Trigger]]:
        live: Any = state.apps.get_model(app_label, self.model_name)._meta
        history: Any = state.apps.get_model(app_label, f"historical{self.model_name}")._meta
        names = {"live": live.db_table, "history": history.db_table, "key": live.pk.column}
        return [
            *((live.db_table, _filled(trigger, names)) for trigger in LIVE_TRIGGERS),
            *((history.db_table, _filled(trigger, names)) for trigger in HISTORY_TRIGGERS),
        ]


class AppendOnly(_TriggerOperation):
    """Tracked model whose rows, once written, are never changed or deleted: positions, turns, attempts."""

    def tables(self, app_label: str, state: ProjectState) -> list[tuple[str, Trigger]]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return [(table, trigger) for trigger in APPEND_ONLY_TRIGGERS]


class GuardEvents(_TriggerOperation):
    """The event table itself."""

    def tables(self, app_label: str, state: ProjectState) -> list[tuple[str, Trigger]]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return [(table, trigger) for trigger in EVENT_TRIGGERS]


class GuardProof(_TriggerOperation):
    """A table of the seal: rows are added and never change."""

    def tables(self, app_label: str, state: ProjectState) -> list[tuple[str, Trigger]]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return [(table, trigger) for trigger in PROOF_TRIGGERS]


def _filled(trigger: Trigger, names: dict[str, str]) -> Trigger:
    name, form, events, function = trigger
    return name, form, events, function.format(**names)
