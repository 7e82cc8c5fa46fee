"""The story's last part: what was done is sealed, taken away, and verified by a program that knows nothing of us."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse

from audit.exporting import export, note_export
from audit.integrity import is_sealed, proof_of, state_told
from audit.models import Event
from audit.sealing import seal_all
from audit.tasks import signer_of_this_log
from config import demo
from config.walkthrough.progress import Done, StepFailed, expect

PATIENCE = 120.0
"""Seconds to wait for the seal: any writer in any database of the cluster holds it back."""


def prove(last: Done) -> Iterator[Done]:
    """Seal up to the last step's event, export, verify offline."""
    started = time.monotonic()
    event = Event.objects.get(number=last.event)
    while not is_sealed(event):
        list(seal_all(signer_of_this_log()))
        if not is_sealed(event):
            if time.monotonic() - started > PATIENCE:
                raise StepFailed(f"Waited {PATIENCE:.0f} s for the seal; some transaction holds it back.")
            time.sleep(0.2)
    address = reverse("audit:event-record", kwargs={"number": event.number})
    yield Done("Everything sealed", event.number, address, _since(started))

    started = time.monotonic()
    # While a secret vote is open no newer checkpoint is published, and an export ends with the last that is.
    state = state_told()
    kept = state.checkpoint
    covered = state.held_back or proof_of(event) is not None
    expect(kept is not None and covered, "The last checkpoint does not cover the essay.")
    with TemporaryDirectory() as folder:
        written = export(Path(folder) / "export")
        noted = note_export(actor=demo.actor("auditor"), exported=written)
        checkpoint = Path(folder) / "kept.note"
        checkpoint.write_text(kept.note if kept else "")
        done = subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", ".", "--checkpoint", str(checkpoint)],
            cwd=Path(folder) / "export",
            capture_output=True,
            text=True,
            check=False,
        )
    expect(done.returncode == 0, f"The export does not verify. {done.stderr.strip()}")
    yield Done(
        "Exported, verified offline", noted.number, reverse("audit_public:transparency"), _since(started)
    )


def _since(started: float) -> float:
    return round(time.monotonic() - started, 2)
