"""manage.py walkthrough [--json]: the main job, once, end to end, through the product's own ways."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.walkthrough.progress import Done, StepFailed
from config.walkthrough.steps import walk
from core.errors import Refused


class Command(BaseCommand):
    help = (
        "Retire an AI model from its registration to its first published essay, with the people of the"
        " demonstration, the local model and a real worker. May be repeated. Example: manage.py walkthrough --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object per line and step")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL_MODEL_URL:
            raise CommandError("No local model: start it with `make run`, or set LOCAL_MODEL_URL.")
        if not (settings.LOCAL_MODE or settings.DEBUG):
            raise CommandError(
                "The walkthrough acts as people of the demonstration; it runs in local mode only."
            )
        done = 0
        with _a_worker():
            try:
                for step in walk():
                    done += 1
                    self.stdout.write(_line(step, as_json=options["json"]))
                    self.stdout.flush()
            except (StepFailed, Refused) as failure:
                sentence = getattr(failure, "sentence", str(failure))
                if options["json"]:
                    self.stdout.write(
                        json.dumps({"step": f"after {done} steps", "ok": False, "why": sentence})
                    )
                raise CommandError(f"The walkthrough stopped after {done} steps. {sentence}") from failure
        if not options["json"]:
            self.stdout.write(f"{done} steps, each checked.")


def _line(step: Done, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(
            {"step": step.step, "ok": True, "event": step.event, "url": step.url, "seconds": step.seconds}
        )
    return f"ok  {step.step:<32} {step.seconds:>7.2f} s  entry {step.event:<6} {step.url}"


@contextmanager
def _a_worker() -> Iterator[None]:
    """Start a worker when none answers, and stop it afterwards."""
    if current_app.control.inspect(timeout=2.0).ping():
        yield
        return
    worker = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config",
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "WARNING",
        ],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=30)
