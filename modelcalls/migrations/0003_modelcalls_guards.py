"""Endpoints, calls and attempts under guard; attempts are appended and never changed."""

from django.db import migrations

from audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("modelcalls", "0002_call_numbers"), ("audit", "0002_guard_functions")]
    operations = [Guard("endpoint"), Guard("call"), Guard("attempt"), AppendOnly("attempt")]
