"""A whole installation for browser journeys: a database of its own, a worker, the scheduler and the web server."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.whole import BROKER_OF_INSTALLATION, broker

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Installation:
    """Where it answers, and how to run its commands and sign in to it."""

    url: str
    env: dict[str, str]

    def manage(self, *arguments: str, check: bool = True) -> str:
        """The standard output of a management command. CalledProcessError, with its errors, when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"{arguments} failed: {done.stderr[-2000:]}")
        return done.stdout

    @cached_property
    def people(self) -> dict[str, dict[str, str]]:
        """The demo people by the part they play."""
        return {one["role"]: one for one in json.loads(self.manage("demo", "--people", "--json"))}

    def sign_in(self, browser: Browser, part: str, **context: object) -> Page:
        """A page in a context of its own, signed in through the form."""
        someone = self.people[part]
        page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
        page.goto(f"{self.url}/accounts/login/")
        page.get_by_label("Email").fill(someone["email"])
        page.get_by_label("Password", exact=True).fill(someone["password"])
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/desk/**")
        return page


@contextmanager
def running_installation(database_url: str) -> Iterator[Installation]:
    """Start everything on loopback, with the demonstration's records; stop what was started."""
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": database_url,
        "CELERY_BROKER_URL": broker(BROKER_OF_INSTALLATION),
        "DEBUG": "1",
        "EMERITUS_LOCAL": "1",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    found = Installation(f"http://127.0.0.1:{port}", env)
    found.manage("demo", "--people")
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    with TemporaryDirectory() as folder:
        started = [
            _start(
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "config.wsgi",
                    "--threads",
                    "4",
                    "-b",
                    f"127.0.0.1:{port}",
                ],
                env,
            ),
            _start([*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"], env),
            _start([*celery, "beat", "--schedule", f"{folder}/schedule", "--loglevel", "WARNING"], env),
        ]
        try:
            _wait_until_it_answers(f"{found.url}/healthz")
            yield found
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=60)


def _start(command: list[str], env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
