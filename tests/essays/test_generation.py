"""One essay for real: asked for, made by a real worker at the real local model, reviewed by two, published."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.models import Event
from essays import commands
from essays.digest import text_digest
from essays.models import Essay
from tests.cast import admit_cast
from tests.factories import essays as make

ROOT = Path(__file__).parent.parent.parent
WORKER = (
    "-m",
    "celery",
    "-A",
    "config",
    "worker",
    "--pool=solo",
    "--without-gossip",
    "--without-mingle",
    "-B",
)


@pytest.fixture
def worker(fresh_db: str, tmp_path: Path) -> Iterator[None]:
    """The product's own worker, sweeping every second, on the fresh database."""
    environment = os.environ | {"DATABASE_URL": fresh_db, "MODEL_CALL_SWEEP": "1"}
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                *WORKER,
                f"--schedule={tmp_path / 'beat'}",
                f"--hostname=essays-{os.getpid()}@test",
            ],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
            print((tmp_path / "worker.log").read_text()[-8_000:])  # noqa: T201  shown by pytest beside a failure


def settled(essay: Essay, *, seconds: float = 300) -> Essay:
    """The essay once its author has answered."""
    end = time.monotonic() + seconds
    while True:
        found = Essay.objects.get(pk=essay.pk)
        if found.state != "generating":
            return found
        assert time.monotonic() < end, f"no answer within {seconds} s"
        time.sleep(0.2)


def test_a_real_worker_has_the_local_model_write_and_the_essay_goes_out(worker: None) -> None:
    cast = admit_cast()
    endpoint = make.make_endpoint(cast, os.environ["LOCAL_MODEL_URL"], model="smollm2-135m-instruct")
    series = make.found_series(
        cast,
        make.make_author(cast, endpoint, name="SmolLM2 135M"),
        prompt="Write two plain sentences about a library. Then stop.",
    )
    essay = settled(make.requested(cast, series, max_tokens=600))
    while essay.state == "generation_failed":
        # The small model often runs to its limit. Each try is kept; a person may ask again.
        assert essay.drafts.last().outcome in {"truncated", "empty"}
        essay = settled(commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="Cut off"))
    assert essay.state == "in_review"
    revision = make.text_of(essay)
    assert text_digest(revision.draft.attempt.text) == revision.draft.text_digest
    assert revision.draft.attempt.returned_model == "smollm2-135m-instruct"
    assert revision.body.strip()
    make.review(cast.editor, essay)
    make.review(cast.second_editor, essay)
    publication = commands.publish_essay(
        actor=cast.publisher, essay_id=essay.id, digest=revision.essay_digest
    )
    assert publication.essay_digest == revision.essay_digest
    recorded = Event.objects.get(verb="essays.review.opened")
    assert recorded.origin == "task"
    assert recorded.caused_by.verb == "modelcalls.attempt.recorded"
