"""Interviews are numbered by a sequence of the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_interviews_and_transcripts")]
    operations = [
        migrations.RunSQL(
            "create sequence interviews_interview_number", "drop sequence interviews_interview_number"
        ),
    ]
