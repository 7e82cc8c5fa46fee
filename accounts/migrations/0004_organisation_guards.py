"""The organisation under guard."""

from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_organisation"), ("audit", "0002_guard_functions")]
    operations = [Guard("organisation")]
