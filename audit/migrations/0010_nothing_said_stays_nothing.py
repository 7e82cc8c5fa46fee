"""A redaction leaves an empty text empty: where nothing was said, rules may ask for nothing."""

from django.db import migrations

from audit.operations import functions


class Migration(migrations.Migration):
    dependencies = [("audit", "0009_redaction_guards_reach_copies")]
    operations = [functions("redaction")]
