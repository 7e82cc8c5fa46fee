"""`.local/env`, the settings local mode writes, and the check that its services answer.

Standard library only: `manage.py` and `config.settings` use it on servers where local mode is not installed.
Starting services lives in `config.local.supervisor` and its neighbours.
"""

import os
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
ENV_FILE = LOCAL / "env"

#: Commands that need no running service. Everything else asks for the database first.
WITHOUT_SERVICES = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "cut_fonts",
        "diffsettings",
        "help",
        "local",
        "makemessages",
        "makemigrations",
        "optimizemigration",
        "sqlmigrate",
        "squashmigrations",
        "version",
    }
)
NOT_RUNNING = (
    "The local services are not running: start them with `make run` in another terminal, "
    "or set DATABASE_URL and CELERY_BROKER_URL to use your own."
)


def parse(text: str) -> dict[str, str]:
    """The settings in plain KEY=VALUE lines; blank lines and lines starting with # are left out."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        key, equals, value = line.strip().partition("=")
        if equals and not key.startswith("#"):
            found[key.strip()] = value.strip()
    return found


def read(path: Path = ENV_FILE) -> dict[str, str]:
    """What is in the file; nothing when there is none."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def write(path: Path, settings: Mapping[str, str]) -> None:
    """Replace the file in one step, readable by its owner only: it holds passwords."""
    lines = ["# Written by `manage.py local`: passwords of this folder's own services.\n"]
    lines += [f"{key}={value}\n" for key, value in settings.items()]
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)
    fresh.replace(path)


def given(name: str) -> str:
    """A setting from outside local mode: the environment, else `.env` beside manage.py; "" when unset."""
    return os.environ.get(name) or read(ROOT / ".env").get(name, "")


def complaint(arguments: Sequence[str]) -> str | None:
    """Why this `manage.py` call cannot work now, in one sentence, or None when it can."""
    if not arguments or arguments[0] in WITHOUT_SERVICES or arguments[0].startswith("-"):
        return None
    if {"--help", "-h"} & set(arguments) or list(arguments[:2]) == ["audit", "verify"]:
        return None
    return None if given("DATABASE_URL") or answers(read(ENV_FILE)) else NOT_RUNNING


def answers(settings: Mapping[str, str]) -> bool:
    """Whether something listens where these settings say the database and the broker are."""
    return all(listens(settings.get(name, "")) for name in ("DATABASE_URL", "CELERY_BROKER_URL"))


def listens(url: str) -> bool:
    """Whether a TCP connection to this URL's host and port is accepted within a second."""
    parts = urlsplit(url)
    if not parts.hostname or not parts.port:
        return False
    try:
        with socket.create_connection((parts.hostname, parts.port), timeout=1):
            return True
    except OSError:
        return False
