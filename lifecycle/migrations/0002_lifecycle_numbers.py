"""Cases, facts, promises, stage changes and imports are numbered by sequences of the database."""

from django.db import migrations

NAMES = ("case", "fact", "commitment", "stage_change", "import_run")


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0001_models_facts_cases")]
    operations = [
        migrations.RunSQL(
            f"create sequence lifecycle_{name}_number", f"drop sequence lifecycle_{name}_number"
        )
        for name in NAMES
    ]
