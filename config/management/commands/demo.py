"""manage.py demo [--people] [--json]: the demonstration's records, and how to sign in as each of its people."""

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import demo
from core.errors import Refused
from lifecycle.models import ImportRun

# The day of the copy that is imported: what it says was known to us from then on.
KNOWN_AT = datetime(2026, 5, 23, tzinfo=UTC)


class Command(BaseCommand):
    help = "Make the demonstration's records where they are missing. Example: manage.py demo --json"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people",
            action="store_true",
            help="people, boards, models and notices only; no cases or essays",
        )
        parser.add_argument("--json", action="store_true", help="one JSON list of people instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.LOCAL_MODE or settings.DEBUG):
            raise CommandError("The demonstration has known passwords; it is made in local mode only.")
        try:
            demo.ensure_demo()
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        if not ImportRun.objects.exists():
            call_command("import_deprecations", str(demo.NOTICES), known_at=KNOWN_AT, stdout=self.stderr)
        demo.add_what_opus_3_kept()
        if not options["people"]:
            demo.ensure_story()
        people = [
            {
                "role": one.part,
                "name": one.name,
                "email": one.email,
                "password": one.password,
                "totp_secret": one.totp_secret,
            }
            for one in demo.PEOPLE
        ]
        if options["json"]:
            self.stdout.write(json.dumps(people, indent=2))
            return
        for one in people:
            self.stdout.write(f"{one['role']:<14} {one['email']:<32} {one['password']}")
