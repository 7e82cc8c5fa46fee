"""The records of interviews under guard; what was fixed, said, sealed, answered or signed is append-only."""

from django.db import migrations

from audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_interview_numbers"), ("audit", "0002_guard_functions")]
    operations = [
        Guard("protocol"),
        Guard("protocolversion"),
        Guard("interview"),
        Guard("design"),
        Guard("authorisation"),
        Guard("session"),
        Guard("turn"),
        Guard("seal"),
        Guard("preference"),
        Guard("disposition"),
        Guard("signoff"),
        AppendOnly("design"),
        AppendOnly("authorisation"),
        AppendOnly("turn"),
        AppendOnly("seal"),
        AppendOnly("disposition"),
        AppendOnly("signoff"),
    ]
