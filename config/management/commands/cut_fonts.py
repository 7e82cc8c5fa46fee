"""`manage.py cut_fonts`: the fonts of pages and of documents, cut from the font packages."""

from typing import Any

from django.core.management.base import BaseCommand

from config.local import fonts
from config.local.env import ROOT


class Command(BaseCommand):
    help = "Cut the fonts of pages and of documents from their packages. Example: `manage.py cut_fonts`."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in [*fonts.cut(), *fonts.cut_for_print()]:
            self.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.1f} kB")
