"""What people chose, under guard. The outbox is not in history: see audit.models.UNTRACKED."""

from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_outbox_and_choices"), ("audit", "0002_guard_functions")]
    operations = [Guard("mailchoice")]
