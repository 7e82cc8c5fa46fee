"""Events are stamped with their digest, and the seal's tables are under guard."""

from pathlib import Path

from django.db import migrations

from audit.operations import GuardProof

SQL = Path(__file__).parent.parent / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seal")]
    operations = [
        migrations.RunSQL(SQL.read_text(), reverse_sql=migrations.RunSQL.noop),
        GuardProof("leaf"),
        GuardProof("node"),
        GuardProof("checkpoint"),
        GuardProof("signingkey"),
    ]
