"""Real workers, really killed: nothing is lost, nothing is counted twice."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connections

from audit.models import Event
from modelcalls import runner
from modelcalls.models import Attempt, Call
from tests import provider as script
from tests.factories.modelcalls import asking, queued, scripted_endpoint
from tests.provider import Received, ScriptedProvider, Step
from tests.reliability.processes import EFFECT, PURPOSE, ROOT, Worker, wait_until, workers

pytestmark = pytest.mark.alone  # leases of seconds, kept by real workers

Start = Callable[[], Worker]


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    with ScriptedProvider() as running, asking(purpose=PURPOSE):
        yield running


@pytest.fixture
def start(fresh_db: str, tmp_path: Path) -> Iterator[Start]:
    with workers(fresh_db, tmp_path) as starting:
        yield starting


def ended(call: Call) -> Callable[[], bool]:
    return lambda: Call.objects.get(pk=call.pk).state == "completed"


def outcomes(call: Call) -> list[str]:
    return list(Attempt.objects.filter(call=call).order_by("number").values_list("outcome", flat=True))


def effects(call: Call) -> int:
    return Event.objects.filter(verb=EFFECT, target_id=str(call.pk)).count()


def test_workers_killed_in_the_middle_of_a_call_lose_nothing_and_count_nothing_twice(
    provider: ScriptedProvider, start: Start
) -> None:
    provider.will(script.hangs(2), script.hangs(2), script.says("Keep the letters."))
    call = queued(scripted_endpoint(provider), purpose=PURPOSE)
    for kills in (1, 2):
        worker = start()
        provider.wait_for(kills)
        worker.kill()
        assert Call.objects.get(pk=call.pk).state == "running"
    start()
    wait_until(ended(call), "the call is completed")
    assert outcomes(call) == ["lost", "lost", "completed"]
    assert [attempt.text for attempt in Attempt.objects.filter(accepted=True)] == ["Keep the letters."]
    assert effects(call) == 1
    assert len(provider.received) == 3
    assert Call.objects.get(pk=call.pk).tries == 3


def test_a_killed_child_whose_message_comes_back_at_once_makes_no_second_call_before_its_lease_is_over(
    provider: ScriptedProvider, start: Start
) -> None:
    provider.will(script.hangs(2), script.says("Keep the letters."))
    call = queued(scripted_endpoint(provider), purpose=PURPOSE)
    worker = start()
    provider.wait_for(1)
    for child in worker.children():
        os.kill(child, signal.SIGKILL)
    # The scheduler was a child, too. The message comes back to the first worker at once or seconds later, as its
    # pool notices the loss; if the lease is not over by then, a sweep finds the call.
    start()
    wait_until(ended(call), "the call is completed")
    lost, completed = Attempt.objects.filter(call=call).order_by("number")
    assert (lost.outcome, completed.outcome) == ("lost", "completed")
    assert completed.started_at >= lost.ended_at
    assert effects(call) == 1
    assert len(provider.received) == 2


def test_a_call_queued_while_the_broker_was_down_is_made_when_it_is_back(
    provider: ScriptedProvider, start: Start, fresh_db: str
) -> None:
    endpoint = scripted_endpoint(provider)
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.enqueue", str(endpoint.pk)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": fresh_db, "CELERY_BROKER_URL": "redis://127.0.0.1:1/0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    call = Call.objects.get()
    assert call.state == "queued"
    start()
    wait_until(ended(call), "the call is completed")
    assert outcomes(call) == ["completed"]
    assert effects(call) == 1
    assert len(provider.received) == 1


def in_threads(tasks: list[Callable[[], object]]) -> list[BaseException]:
    """Run all at once, each with a database connection of its own; what went wrong."""
    together, wrong = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        try:
            together.wait()
            task()
        except BaseException as error:  # noqa: BLE001  reported to the test
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_eight_runners_at_once_on_one_call_make_one_request(
    provider: ScriptedProvider, fresh_db: str
) -> None:
    provider.usual = script.says("Once.").after(0.3)
    call = queued(scripted_endpoint(provider), purpose=PURPOSE)
    assert in_threads([lambda: runner.run(call.pk)] * 8) == []
    assert len(provider.received) == 1
    assert outcomes(call) == ["completed"]


def test_runners_at_once_never_exceed_what_the_endpoint_takes(
    provider: ScriptedProvider, fresh_db: str
) -> None:
    provider.usual = script.says("Yes.").after(0.3)
    endpoint = scripted_endpoint(provider, max_concurrency=2)
    calls = [queued(endpoint, purpose=PURPOSE) for _ in range(6)]
    assert in_threads([lambda call=call: runner.run(call.pk) for call in calls]) == []  # type: ignore[misc]
    assert provider.most_at_once <= 2
    assert 1 <= len(provider.received) <= 6
    for call in calls:
        runner.run(call.pk)
    assert {Call.objects.get(pk=call.pk).state for call in calls} == {"completed"}
    assert len(provider.received) == 6


def test_two_commands_that_want_one_slot_get_one_call(provider: ScriptedProvider, fresh_db: str) -> None:
    endpoint, slot = scripted_endpoint(provider), str(uuid4())
    wrong = in_threads([lambda: queued(endpoint, purpose=PURPOSE, slot=slot)] * 4)
    assert len(wrong) == 3
    assert Call.objects.filter(slot=slot).count() == 1


def test_no_transaction_is_open_while_the_provider_is_asked(
    provider: ScriptedProvider, fresh_db: str
) -> None:
    seen: list[str] = []

    def look(received: Received) -> Step:
        with psycopg.connect(fresh_db, autocommit=True) as watching:
            rows = watching.execute(
                "select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            )
            seen.extend(state for (state,) in rows)
        return script.says("Seen.")

    provider.usual = look
    call = queued(scripted_endpoint(provider), purpose=PURPOSE)
    runner.run(call.pk)
    assert outcomes(call) == ["completed"]
    assert seen == ["idle"]
