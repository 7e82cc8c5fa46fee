"""Which kind of case a promise speaks against. Nullable: promises that are there stay as their newest version says."""

from django.db import migrations, models

KINDS = [
    ("deprecate", "Deprecate"),
    ("retire", "Retire"),
    ("extend", "Extend"),
    ("limit_access", "Limit access"),
    ("restore", "Restore"),
    ("remove_weights", "Remove weights"),
    ("respond", "Respond"),
]


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0006_visibility_of_models_and_cases")]
    operations = [
        migrations.AddField(
            model_name=model_name,
            name="stands_against",
            field=models.TextField(
                blank=True,
                choices=KINDS,
                help_text="the kind of case this promise speaks against",
                null=True,
            ),
        )
        for model_name in ("commitment", "historicalcommitment")
    ]
