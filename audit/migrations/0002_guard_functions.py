"""The guard functions, and the event table under guard."""

from pathlib import Path

from django.db import migrations

from audit.operations import GuardEvents

SQL = Path(__file__).parent.parent / "sql" / "guards.sql"

FUNCTIONS = (
    "audit_refuse()",
    "audit_demand()",
    "audit_witness()",
    "audit_stamp_version()",
    "audit_stamp_event()",
    "audit_xid()",
    "audit_open_event()",
    "audit_digest(uuid, jsonb)",
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_events")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            reverse_sql=";".join(f"drop function if exists {function}" for function in FUNCTIONS),
        ),
        GuardEvents("event"),
    ]
