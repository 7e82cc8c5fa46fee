"""Redactions are guarded like every record, and are the one way in which a version changes."""

from django.db import migrations

from audit.operations import Guard, functions


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_redaction")]
    operations = [
        functions("guards", "redaction"),
        Guard("redaction"),
    ]
