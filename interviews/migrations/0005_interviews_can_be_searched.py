import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_people_can_be_searched"),  # trigrams
        ("accounts", "0006_visits"),
        ("interviews", "0004_frozen_protocols_stay"),
        ("lifecycle", "0005_models_cases_promises_can_be_searched"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="interview",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("title"), name="gin_trgm_ops"),
                name="interview_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", config="english"),
                name="interview_by_words",
            ),
        ),
    ]
