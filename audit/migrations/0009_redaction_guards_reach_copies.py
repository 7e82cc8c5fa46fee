"""Two people may blank what repeats a field, too: in events of its record, and beside documents that disclose it."""

from django.db import migrations

from audit.operations import functions


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_redaction_reaches_copies")]
    operations = [functions("redaction")]
