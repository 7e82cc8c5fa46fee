#!/usr/bin/env python
"""Runs Emeritus's management commands; `manage.py help` lists them."""

import gc
import os
import sys


def main() -> int:
    """Refuse in one sentence when the services are down; else hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        from config.local import env  # noqa: PLC0415
    except ImportError as missing:
        print(f"{missing}: run `make .venv`, then use .venv/bin/python.", file=sys.stderr)
        return 1
    if sentence := env.complaint(sys.argv[1:]):
        print(sentence, file=sys.stderr)
        return 1
    # Migrating renders every model again and again: looking for garbage after each few of them doubles the time.
    gc.set_threshold(100_000, 50, 100)
    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
