"""Guidelines are under guard, and appended only: which words held on a day is never overwritten."""

from django.db import migrations

from audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("board", "0010_guidelines"), ("audit", "0002_guard_functions")]
    operations = [Guard("guideline"), AppendOnly("guideline")]
