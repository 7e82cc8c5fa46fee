"""`manage.py local`: the whole product from this folder, or one command among services of its own."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.local import services
from config.local.processes import LocalError


class Command(BaseCommand):
    help = (
        "Start PostgreSQL, Valkey, the model server, the web server, a worker and the scheduler; Ctrl-C "
        "stops all. Or start what COMMAND needs on free ports in a temporary folder, run it, stop all, and "
        "return its exit code. "
        "Examples: `manage.py local`, `PORT=8001 manage.py local --reset`, `manage.py local -- pytest -q`."
    )
    requires_system_checks: list[str] = []
    after: list[str] | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        parser.usage = "manage.py local [--reset]\n       manage.py local -- COMMAND …"
        parser.add_argument("--reset", action="store_true", help="first delete everything kept in .local")

    def run_from_argv(self, argv: list[str]) -> None:
        """What follows the first `--` is COMMAND's, dashes and all."""
        if "--" in argv:
            at = argv.index("--")
            argv, self.after = argv[:at], argv[at + 1 :]
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        port = os.environ.get("PORT") or "8000"
        if not port.isdigit() or int(port) > 65535:
            raise CommandError(f"PORT is a number up to 65535, not {port!r}.", returncode=2)
        if self.after is not None and (not self.after or options["reset"]):
            raise CommandError("After -- comes a COMMAND, and --reset does not go with it.", returncode=2)
        try:
            own = self.after
            code = services.around(own) if own else services.run(int(port), reset=options["reset"])
        except LocalError as error:
            services.report(error)
            code = 1
        sys.exit(code)
