"""manage.py audit: seal now, say how far the seal is, export, verify, make and hand over the key, set up roles."""

import json
import os
import secrets
from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from audit import hardening, integrity, verifying
from audit.exporting import HELD_BACK, export, note_export
from audit.keys import rotate_key
from audit.reading import Broken
from audit.sealing import RefusedToSign, seal_all
from audit.signing import NoKey, new_key_file, signer_from
from audit.tasks import SEALER, signer_of_this_log
from core.errors import Refused
from core.policies import Process

EXAMPLE = """examples:
  manage.py audit seal
  manage.py audit status --json
  manage.py audit export /srv/exports/2026-11-22
  manage.py audit verify /srv/exports/2026-11-22 --checkpoint kept-in-march.note
  manage.py audit key /etc/emeritus/audit-key.pem
  manage.py audit rotate-key /etc/emeritus/audit-key-2.pem
  manage.py audit harden --addresses emeritus-roles.txt"""


class Command(BaseCommand):
    help = "The seal of the audit: seal, status, export, verify, key, rotate-key, harden."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, epilog=EXAMPLE, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        acts.add_parser("seal", help="seal everything that is ready, now")
        status = acts.add_parser("status", help="how far the seal is")
        status.add_argument("--json", action="store_true", help="as one JSON object")
        exporting = acts.add_parser("export", help="write everything an auditor needs into a folder")
        exporting.add_argument("folder", type=Path)
        verify = acts.add_parser("verify", help="verify an export, as its own verify.py does")
        verify.add_argument("folder", type=Path)
        verify.add_argument("--checkpoint", type=Path, help="an older checkpoint that the export must extend")
        key = acts.add_parser("key", help="make a new signing key in a file of its own")
        key.add_argument("file", type=Path)
        rotate = acts.add_parser(
            "rotate-key", help="let the key in force sign the one in FILE, which follows it"
        )
        rotate.add_argument("file", type=Path)
        harden = acts.add_parser(
            "harden",
            help="set up the owner's, the application's, the sealer's and the auditor's database roles",
        )
        harden.add_argument(
            "--prefix", default="emeritus", help="what the roles' names begin with (emeritus)"
        )
        harden.add_argument(
            "--addresses",
            type=Path,
            help="a new file for the addresses, with passwords, of the roles it makes",
        )

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        acts: dict[str, Callable[..., None]] = {
            "seal": self.seal,
            "status": self.status,
            "export": self.export,
            "verify": self.verify,
            "key": self.key,
            "rotate-key": self.rotate_key,
            "harden": self.harden,
        }
        try:
            acts[act](**options)
        except (NoKey, RefusedToSign, OSError) as problem:
            raise CommandError(str(problem)) from None
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None

    def seal(self, **options: Any) -> None:
        made = list(seal_all(signer_of_this_log()))
        self.stdout.write(made[-1].note if made else "Nothing waits to be sealed.")

    def status(self, **options: Any) -> None:
        state = integrity.seal_state()
        if options["json"]:
            self.stdout.write(json.dumps(state.as_json()))
            return
        if state.checkpoint is None:
            self.stdout.write(f"Nothing is sealed yet; {state.waiting} entries wait.")
            return
        self.stdout.write(
            f"{state.checkpoint.size} entries are sealed, the last at {state.checkpoint.at:%Y-%m-%d %H:%M:%S} UTC."
            f" {state.waiting} wait, the oldest for {state.lag_seconds:.0f} s."
        )

    def export(self, *, folder: Path, **options: Any) -> None:
        written = export(folder)
        note_export(actor=Process("Command line"), exported=written)
        self.stdout.write(
            f"{written.events} entries, {written.sealed} of them sealed, and {written.rows} rows in {folder}."
            f" Verify them: python {folder / 'verify.py'} {folder}"
        )
        if written.held_back:
            self.stdout.write(HELD_BACK)

    def verify(self, *, folder: Path, checkpoint: Path | None, **options: Any) -> None:
        try:
            older = checkpoint.read_text() if checkpoint else None
            self.stdout.write(str(verifying.verify(folder, older)))
        except Broken as problem:
            raise CommandError(f"Broken: {problem}") from None

    def key(self, *, file: Path, **options: Any) -> None:
        new_key_file(file)
        self.stdout.write(f"A new key is in {file}; only {os.environ.get('USER', 'its owner')} can read it.")

    def rotate_key(self, *, file: Path, **options: Any) -> None:
        current = signer_of_this_log()
        successor = signer_from(file, current.name).verifier_key
        rotate_key(actor=SEALER, key=successor, signature=current.hand_over_to(successor))
        self.stdout.write(f"{successor}\nSet AUDIT_SIGNING_KEY_FILE={file} where the sealer runs, now.")

    def harden(self, *, prefix: str, addresses: Path | None, **options: Any) -> None:
        if settings.LOCAL_MODE:
            raise CommandError("Local mode has one database role of its own. This is for a server of yours.")
        passwords = {kind: secrets.token_hex(24) for kind in hardening.Kind} if addresses else {}
        try:
            made = hardening.to_be_made(prefix)
            done = hardening.harden(prefix, passwords)
        except DatabaseError as problem:
            raise CommandError(f"Nothing was changed. The server says: {problem}".strip()) from None
        for sentence in done:
            self.stdout.write(sentence)
        if not done:
            self.stdout.write("Nothing to do: every role may do what it should, and nothing else.")
        if made and addresses:
            _write_addresses(addresses, {name: passwords[kind] for kind, name in made.items()})
            self.stdout.write(
                f"Addresses with passwords are in {addresses}. Set DATABASE_URL where each belongs."
            )


def _write_addresses(path: Path, passwords: dict[str, str]) -> None:
    given = settings.DATABASES["default"]
    where = f"{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"postgres://{role}:{password}@{where}\n" for role, password in passwords.items())
