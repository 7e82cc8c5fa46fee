"""Local mode for real: services start, COMMAND runs among them, and nothing is left running however it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.local.env import ROOT

pytestmark = pytest.mark.alone  # whole installations start and stop within given times

SERVERS = ("postgres", "valkey-server", "serve_model.py")


class Run:
    """`manage.py local -- COMMAND` as a process, and every process it started as far as we saw."""

    def __init__(self, *command: str, temporary: Path) -> None:
        self.seen: set[psutil.Process] = set()
        self.lines: dict[str, psutil.Process] = {}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "local", "--", *command],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.itself = psutil.Process(self.process.pid)

    def look(self) -> set[str]:
        """Which servers are running; every process there is goes on the list."""
        names = set()
        for process in self.itself.children(recursive=True):
            self.seen.add(process)
            try:
                line = " ".join(process.cmdline())
            except psutil.NoSuchProcess:
                continue
            self.lines[line] = process
            names |= {server for server in SERVERS if server in line}
        return names

    def until_servers_run(self) -> None:
        deadline = time.monotonic() + 60
        while self.look() != set(SERVERS):
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def end(self, seconds: float = 180) -> tuple[int, str, str]:
        while self.process.poll() is None and seconds > 0:
            try:
                self.look()
                self.process.wait(0.3)
            except (subprocess.TimeoutExpired, psutil.NoSuchProcess):
                seconds -= 0.3
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err

    def left(self, seconds: float = 20) -> list[psutil.Process]:
        """What still runs of all we saw, after some patience."""
        return psutil.wait_procs(list(self.seen), timeout=seconds)[1]


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start(*command: str) -> Run:
        runs.append(Run(*command, temporary=tmp_path))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        for process in run.left(seconds=10):
            process.kill()


def test_a_command_runs_among_services_of_its_own_and_its_exit_code_is_passed_on(
    local: Callable[..., Run], tmp_path: Path
) -> None:
    script = (
        "import json, os, psycopg, redis, urllib.request\n"
        "tables = psycopg.connect(os.environ['DATABASE_URL']).execute("
        "\"select count(*) from django_migrations where app = 'audit'\").fetchone()[0]\n"
        "broker = redis.Redis.from_url(os.environ['CELERY_BROKER_URL']).ping()\n"
        "model = json.load(urllib.request.urlopen(os.environ['LOCAL_MODEL_URL'] + '/v1/models'))['data'][0]['id']\n"
        "print(json.dumps([tables, broker, model]))\n"
        "raise SystemExit(7)\n"
    )
    run = local(sys.executable, "-c", script)
    code, out, err = run.end()
    assert code == 7, err
    tables, broker, model = json.loads(out.splitlines()[-1])
    assert tables >= 2
    assert broker is True
    assert model == "smollm2-135m-instruct"
    assert any("celery -A config worker" in line for line in run.lines)
    assert any("celery -A config beat" in line for line in run.lines)
    assert run.left() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_removes_the_temporary_folder(
    local: Callable[..., Run], tmp_path: Path, number: signal.Signals
) -> None:
    run = local("sleep", "600")
    run.until_servers_run()
    run.process.send_signal(number)
    assert run.end(60)[0] == 128 + number
    assert run.left() == []
    assert list(tmp_path.iterdir()) == []


def test_killed_outright_it_still_leaves_nothing_running(local: Callable[..., Run], tmp_path: Path) -> None:
    run = local("sleep", "600")
    run.until_servers_run()
    run.process.kill()
    run.process.wait()
    assert run.left() == []
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_dies_ends_the_run_with_a_sentence_and_the_end_of_its_log(
    local: Callable[..., Run],
) -> None:
    run = local("sleep", "600")
    run.until_servers_run()
    server = next(process for line, process in run.lines.items() if "valkey-server" in line)
    server.kill()
    code, _, err = run.end(60)
    assert code == 1
    assert "Valkey stopped by itself (exit code -9)." in err
    assert "Ready to accept connections" in err
    assert run.left() == []


def test_dashes_without_a_command_are_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "local", "--"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "After -- comes a COMMAND" in done.stderr
