"""What the tests themselves rest on: nothing is left out, `alone` means alone, a fresh database has an empty queue."""

import json
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from celery import current_app

from tests import provider as script
from tests.factories.modelcalls import asking, queued, scripted_endpoint
from tests.provider import ScriptedProvider
from tests.reliability.processes import PURPOSE, ROOT, wait_until, workers

pytestmark = pytest.mark.alone  # real workers, and a broker nobody else writes to

LEFT_OUT = "import pytest\n\n\ndef test_one():\n    pytest.skip('no browser')\n"
LEFT_OUT_WHOLLY = "import pytest\n\npytest.skip('no browser', allow_module_level=True)\n"

SIDE_BY_SIDE = """
import json, os, time, pathlib, pytest

def taking_its_time(name):
    start = time.time()
    time.sleep(0.3)
    note = {"alone": name == "alone", "process": os.environ["PYTEST_XDIST_WORKER"], "start": start, "end": time.time()}
    (pathlib.Path(__file__).parent / f"{time.monotonic_ns()}.json").write_text(json.dumps(note))

@pytest.mark.parametrize("number", range(6))
def test_beside(number):
    taking_its_time("beside")

@pytest.mark.alone
@pytest.mark.parametrize("number", range(3))
def test_alone(number):
    taking_its_time("alone")

@pytest.mark.parametrize("number", range(6))
def test_beside_again(number):
    taking_its_time("beside")
"""


def run(folder: Path, text: str, processes: int) -> "subprocess.CompletedProcess[str]":
    """A run of this suite's own settings on one file."""
    (folder / "test_file.py").write_text(text)
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *settings, "-n", str(processes), str(folder / "test_file.py")],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("processes", [0, 2])
@pytest.mark.parametrize("text", [LEFT_OUT, LEFT_OUT_WHOLLY], ids=["a test", "a file"])
def test_what_is_left_out_fails_in_whatever_process(tmp_path: Path, text: str, processes: int) -> None:
    done = run(tmp_path, text, processes)
    assert done.returncode != 0
    assert "left out: " in done.stdout
    assert "no browser" in done.stdout


def test_while_a_test_runs_alone_the_other_process_waits(tmp_path: Path) -> None:
    done = run(tmp_path, SIDE_BY_SIDE, 2)
    assert done.returncode == 0, done.stdout + done.stderr
    notes = [json.loads(path.read_text()) for path in tmp_path.glob("*.json")]
    assert len(notes) == 15
    assert len({note["process"] for note in notes}) == 2
    together = [
        (one, other)
        for one, other in combinations(notes, 2)
        if one["start"] < other["end"] and other["start"] < one["end"]
    ]
    assert [pair for pair in together if pair[0]["alone"] or pair[1]["alone"]] == []


def waiting() -> int:
    """How many messages the broker of these tests holds for workers."""
    with current_app.connection_for_write() as connection:
        return int(connection.default_channel.queue_declare("celery").message_count)


def test_a_worker_on_a_fresh_database_meets_no_wake_ups_of_others(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    for number in range(500):
        current_app.send_task("mail.send_message", args=[number + 1_000_000])
    assert waiting() >= 500
    fresh = request.getfixturevalue("fresh_db")
    assert waiting() == 0
    with ScriptedProvider() as provider, asking(purpose=PURPOSE), workers(fresh, tmp_path) as start:
        provider.will(script.says("Keep the letters."))
        call = queued(scripted_endpoint(provider), purpose=PURPOSE)
        start()
        wait_until(lambda: type(call).objects.get(pk=call.pk).state == "completed", "the call is completed")
    assert "Task mail.send_message[" not in (tmp_path / "workers.log").read_text()
