import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_people_can_be_searched"),  # trigrams
        ("accounts", "0006_visits"),
        ("board", "0003_proposals_and_decisions_can_be_searched"),
        ("lifecycle", "0004_stage_follows_decisions"),
        ("modelcalls", "0003_modelcalls_guards"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="aimodel",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("name"), name="gin_trgm_ops"),
                name="ai_model_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="aimodel",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("name", "provider", "family", config="english"),
                name="ai_model_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("title"), name="gin_trgm_ops"),
                name="case_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", "asked", "reason", config="english"),
                name="case_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("text"), name="gin_trgm_ops"),
                name="commitment_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", "source", config="english"),
                name="commitment_by_words",
            ),
        ),
    ]
