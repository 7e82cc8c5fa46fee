import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_people_can_be_searched"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.person",
                    ),
                ),
                ("since", models.BigIntegerField(default=0, help_text="number of an event")),
                ("since_at", models.DateTimeField(null=True)),
                ("here", models.BigIntegerField(default=0, help_text="number of an event")),
                ("here_at", models.DateTimeField()),
            ],
        ),
    ]
