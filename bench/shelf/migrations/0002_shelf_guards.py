from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("shelf", "0001_books"), ("audit", "0002_guard_functions")]
    operations = [Guard("trackedbook")]
