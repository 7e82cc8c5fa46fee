"""People and role grants under guard."""

from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people"), ("audit", "0002_guard_functions")]
    operations = [Guard("person"), Guard("rolegrant")]
