"""Every record of lifecycle under guard; what is appended is never changed."""

from django.db import migrations

from audit.operations import AppendOnly, Guard

TRACKED = (
    "aimodel",
    "deployment",
    "source",
    "fact",
    "importrun",
    "notice",
    "noticeversion",
    "rejectedrow",
    "case",
    "dossier",
    "waiver",
    "commitment",
    "effect",
    "stagechange",
)
APPENDED = ("fact", "importrun", "noticeversion", "rejectedrow", "dossier", "waiver", "stagechange")


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0002_lifecycle_numbers"), ("audit", "0002_guard_functions")]
    operations = [*map(Guard, TRACKED), *map(AppendOnly, APPENDED)]
