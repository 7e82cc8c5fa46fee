import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_people_can_be_searched"),  # trigrams
        ("accounts", "0006_visits"),
        ("board", "0002_board_guards"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="certificate",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("number"), name="gin_trgm_ops"),
                name="certificate_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("number", "sentence", config="english"),
                name="certificate_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="motion",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("title"), name="gin_trgm_ops"),
                name="motion_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="motion",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    "title", "text", "subject_label", config="english"
                ),
                name="motion_by_words",
            ),
        ),
    ]
