"""What is said in a discussion is under guard, and appended only. A calendar address is erased when it is ended."""

from django.db import migrations

from audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("board", "0006_discussion"), ("audit", "0002_guard_functions")]
    operations = [Guard("comment"), AppendOnly("comment")]
