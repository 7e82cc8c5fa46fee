from django.db import migrations

from audit.operations import AppendOnly, Guard

WRITTEN_ONCE = ("wording", "draft", "revision", "review", "pausedecision", "publication")


class Migration(migrations.Migration):
    """Put the essays' tables under guard; what was written, said or published is never changed."""

    dependencies = [("essays", "0001_columns_and_essays"), ("audit", "0002_guard_functions")]

    operations = [
        Guard("series"),
        Guard("essay"),
        *(Guard(name) for name in WRITTEN_ONCE),
        *(AppendOnly(name) for name in WRITTEN_ONCE),
    ]
