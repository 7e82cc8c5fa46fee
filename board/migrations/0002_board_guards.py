"""The board's records under guard; positions, recusals, rules and certificates are append-only."""

from django.db import migrations

from audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("board", "0001_board_and_ballots"), ("audit", "0002_guard_functions")]
    operations = [
        Guard("board"),
        Guard("terms"),
        Guard("seat"),
        Guard("motion"),
        Guard("ballot"),
        Guard("elector"),
        Guard("position"),
        Guard("recusal"),
        Guard("certificate"),
        AppendOnly("terms"),
        AppendOnly("position"),
        AppendOnly("recusal"),
        AppendOnly("certificate"),
    ]
