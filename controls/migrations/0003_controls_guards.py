"""Every record of controls under guard; frozen populations and what was said to findings are never changed."""

from django.db import migrations

from audit.operations import AppendOnly, Guard

TRACKED = ("controltest", "frozenpopulation", "sampleitem", "finding", "findingnote")
APPENDED = ("frozenpopulation", "findingnote")


class Migration(migrations.Migration):
    dependencies = [("controls", "0002_numbers"), ("audit", "0002_guard_functions")]
    operations = [*map(Guard, TRACKED), *map(AppendOnly, APPENDED)]
