"""Suspensions under guard: who suspended what, and until when, is never changed without a trace."""

from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0010_suspensions_are_numbered"), ("audit", "0002_guard_functions")]
    operations = [Guard("suspension")]
