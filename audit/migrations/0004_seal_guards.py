"""Events are stamped with their digest, and the seal's tables are under guard."""

from django.db import migrations

from audit.operations import GuardProof, functions


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seal")]
    operations = [
        functions("guards"),
        GuardProof("leaf"),
        GuardProof("node"),
        GuardProof("checkpoint"),
        GuardProof("signingkey"),
    ]
