import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_people_can_be_searched"),  # trigrams
        ("accounts", "0006_visits"),
        ("essays", "0002_essays_guards"),
        ("modelcalls", "0003_modelcalls_guards"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="essay",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("title"), name="gin_trgm_ops"),
                name="essay_by_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="essay",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", config="english"), name="essay_by_words"
            ),
        ),
    ]
