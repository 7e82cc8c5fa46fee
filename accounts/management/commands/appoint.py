"""manage.py appoint EMAIL: the first person of an installation."""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts import commands
from core.errors import Refused
from core.policies import Process


class Command(BaseCommand):
    help = (
        "Appoint the first person of an installation, as steward and secretary. Example: "
        'manage.py appoint ada@example.org --name "Ada Marsh". The password is asked for, or read from the '
        "environment variable APPOINT_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the person's name; the address when not given")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        password = os.environ.get("APPOINT_PASSWORD") or getpass.getpass("Password: ")
        try:
            validate_email(email)
            validate_password(password)
            person = commands.appoint(
                actor=Process("Command line"), email=email, name=options["name"] or email, password=password
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(
            f"{person.name} is appointed, as steward and secretary. Sign in at /accounts/login/."
        )
