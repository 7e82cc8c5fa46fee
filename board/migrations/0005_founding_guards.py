"""The founding under guard. Its draft is not: it holds addresses, and is erased."""

from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("board", "0004_founding"), ("audit", "0002_guard_functions")]
    operations = [Guard("founding")]
