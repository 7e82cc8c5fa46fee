from django.db import migrations, models


class Migration(migrations.Migration):
    """The index that django-simple-history has unless a setting says otherwise; the head of a hash chain."""

    dependencies = [("shelf", "0002_shelf_guards")]
    operations = [
        migrations.AlterField("historicalhistoricbook", "history_date", models.DateTimeField(db_index=True)),
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(default=0)),
                ("head", models.BinaryField(default=bytes(32))),
            ],
        ),
    ]
