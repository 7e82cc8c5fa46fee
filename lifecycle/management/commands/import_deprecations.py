"""manage.py import_deprecations: take in a copy of deprecations.info JSON."""

import json
from argparse import RawDescriptionHelpFormatter
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.origins import Kind, coming_from
from core.errors import Refused
from core.policies import Process
from lifecycle.commands.notices import SOURCE, import_deprecations
from lifecycle.copies import Unobtainable, fetch
from lifecycle.queries.notices import Summary, preview

EXAMPLE = """example:
  manage.py import_deprecations copy.json --known-at 2026-05-22
  manage.py import_deprecations https://example.org/deprecations.json --dry-run --json"""


class Command(BaseCommand):
    help = "Take in a copy of deprecations.info JSON. Importing the same copy twice changes nothing."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, epilog=EXAMPLE, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="a file, or an http(s) address, of the raw JSON list")
        parser.add_argument(
            "--known-at",
            type=_instant,
            help="when we came to know this copy, ISO 8601; a day is its 00:00 UTC (default: now)",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(
        self, *args: Any, source: str, known_at: datetime | None, dry_run: bool, **options: Any
    ) -> None:
        try:
            data = fetch(source)
            if dry_run:
                summary = preview(data, SOURCE, known_at)
            else:
                with coming_from(Kind.IMPORT, source[:200]):
                    summary = import_deprecations(
                        actor=Process("Import of notices"), data=data, known_at=known_at
                    )
        except Unobtainable as error:
            raise CommandError(str(error)) from error
        except Refused as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(json.dumps(summary.as_json()) if options["json"] else _words(summary, dry_run))


def _instant(written: str) -> datetime:
    """An instant in ISO 8601. argparse turns the ValueError into wrong usage, exit 2."""
    try:
        return datetime.combine(date.fromisoformat(written), datetime.min.time(), tzinfo=UTC)
    except ValueError:
        instant = datetime.fromisoformat(written)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant


_instant.__name__ = "instant"


def _words(summary: Summary, dry_run: bool) -> str:
    counts = summary.counts
    would = "would be " if dry_run else ""
    return (
        f"{counts['rows']} rows (schema {summary.schema}): {counts['created']} {would}created,"
        f" {counts['changed']} {would}changed, {counts['unchanged']} unchanged, {counts['rejected']} rejected."
        f" {counts['flagged']} flagged, {counts['withdrawn']} withdrawn,"
        f" {counts['silent_edits']} changed without notice."
    )
