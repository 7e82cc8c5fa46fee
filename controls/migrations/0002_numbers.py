"""Control tests and findings are numbered by sequences of the database."""

from django.db import migrations

NAMES = ("test", "finding")


class Migration(migrations.Migration):
    dependencies = [("controls", "0001_control_tests_and_findings")]
    operations = [
        migrations.RunSQL(f"create sequence controls_{name}_number", f"drop sequence controls_{name}_number")
        for name in NAMES
    ]
