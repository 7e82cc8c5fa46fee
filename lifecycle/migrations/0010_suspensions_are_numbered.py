"""Suspensions are numbered by a sequence of the database, as cases are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0009_emergency_suspensions")]
    operations = [
        migrations.RunSQL(
            "create sequence lifecycle_suspension_number", "drop sequence lifecycle_suspension_number"
        )
    ]
