"""Webhooks under guard; their deliveries are a log outside history."""

from django.db import migrations

from audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_mailbox_and_webhooks"), ("audit", "0002_guard_functions")]
    operations = [Guard("webhook")]
