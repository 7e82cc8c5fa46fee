"""What is done to a round besides voting, under guard; what is evidence by itself is append-only."""

from django.db import migrations

from audit.operations import AppendOnly, Guard

EVIDENCE = ("holdrenewal", "holdlapse", "positionanswer", "castingvote", "statement", "outcomestatement")


class Migration(migrations.Migration):
    dependencies = [("board", "0008_the_whole_ballot"), ("audit", "0002_guard_functions")]
    operations = [
        *(Guard(name) for name in (*EVIDENCE, "recusalentry", "withdrawal", "editorialfix")),
        *(AppendOnly(name) for name in EVIDENCE),
    ]
