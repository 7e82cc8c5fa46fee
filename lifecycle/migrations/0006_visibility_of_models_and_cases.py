"""What the public sees of a model and of a case. Nullable: rows that are there stay as their newest version says."""

from django.db import migrations, models
from django.db.models import Q

CHOICES = [("internal", "Internal"), ("embargoed", "Embargoed")]
KEPT = (
    Q(visibility=None, embargo_until=None)
    | Q(visibility="internal", embargo_until=None)
    | Q(visibility="embargoed", embargo_until__isnull=False)
)


def fields(model_name):
    visibility = models.TextField(blank=True, choices=CHOICES, help_text="none: public", null=True)
    until = models.DateTimeField(blank=True, help_text="it is public from then on", null=True)
    return [
        migrations.AddField(model_name=model_name, name="visibility", field=visibility),
        migrations.AddField(model_name=model_name, name="embargo_until", field=until),
    ]


def check(model_name, name):
    return migrations.AddConstraint(
        model_name=model_name, constraint=models.CheckConstraint(condition=KEPT, name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0005_models_cases_promises_can_be_searched")]
    operations = [
        *fields("aimodel"),
        *fields("historicalaimodel"),
        *fields("case"),
        *fields("historicalcase"),
        check("aimodel", "ai_model_embargo_has_an_end"),
        check("case", "case_embargo_has_an_end"),
    ]
