"""Calls are numbered by a sequence of the database, so that people can name one and lists page by it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("modelcalls", "0001_calls_and_attempts")]
    operations = [
        migrations.RunSQL("create sequence modelcalls_call_number", "drop sequence modelcalls_call_number"),
    ]
