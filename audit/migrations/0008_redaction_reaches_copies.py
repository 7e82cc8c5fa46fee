"""A redaction keeps what it left of events and of documents that repeat what it blanked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_redaction_guards")]
    operations = [
        migrations.AddField(
            "redaction",
            "copies",
            models.JSONField(null=True, blank=True, help_text="table → number in it → its digest since"),
        ),
        migrations.AddField(
            "historicalredaction",
            "copies",
            models.JSONField(null=True, blank=True, help_text="table → number in it → its digest since"),
        ),
    ]
