"""The guard functions, and the event table under guard."""

from django.db import migrations

from audit.operations import GuardEvents, functions

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
        functions("guards", reverse=";".join(f"drop function if exists {name}" for name in FUNCTIONS)),
        GuardEvents("event"),
    ]
