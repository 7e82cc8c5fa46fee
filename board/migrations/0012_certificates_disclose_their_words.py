"""The words of a certificate stand beside its document, so that they can be redacted and its digest stays.

Certificates of before keep theirs inside; they are not altered.
"""

from django.db import migrations, models

SAID = "the words of the document, by their commitments (audit.disclosures); null: it holds them itself"


class Migration(migrations.Migration):
    dependencies = [("board", "0011_guidelines_guards")]
    operations = [
        migrations.AddField(
            "certificate", "disclosures", models.JSONField(null=True, blank=True, help_text=SAID)
        ),
        migrations.AddField(
            "historicalcertificate", "disclosures", models.JSONField(null=True, blank=True, help_text=SAID)
        ),
    ]
