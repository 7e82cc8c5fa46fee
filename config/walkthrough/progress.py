"""How a step is timed, waited for and checked against the database, and what is reported of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection
from django.db.models import Model

from audit.models import Event
from audit.registry import describe

M = TypeVar("M", bound=Model)

PATIENCE = 300.0
"""Seconds a walkthrough waits for the model's answers before it calls the step failed."""


class StepFailed(Exception):
    """A step did not do what it says; the message is a sentence."""


@dataclass(frozen=True)
class Done:
    """One step that was done and checked. `event` is the number of the event that says so."""

    step: str
    event: int
    url: str
    seconds: float


def checked(step: str, row: Model, verb: str, *, started: float, url: str = "") -> Done:
    """The report of a step: its event is looked up, not taken on trust. StepFailed when there is none."""
    event = (
        Event.objects.filter(
            target_type=row._meta.label, target_id=str(row.pk), verb=str(verb), outcome=Event.Outcome.DONE
        )
        .order_by("-number")
        .first()
    )
    if event is None:
        raise StepFailed(f"{step}: no event {verb} of {row} was written.")
    address = url or describe.get(row._meta.label).url(row)
    if not address:
        raise StepFailed(f"{step}: {row} has no page.")
    return Done(step, event.number, address, round(time.monotonic() - started, 2))


def expect(holds: bool, sentence: str) -> None:
    """StepFailed with the sentence unless it holds."""
    if not holds:
        raise StepFailed(sentence)


def reread(row: M) -> M:
    """The row as the database has it now."""
    return type(row)._default_manager.get(pk=row.pk)


def wait_for(row: M, ready: Callable[[M], bool], what: str, *, patience: float = PATIENCE) -> M:
    """Read a row again until it is ready. StepFailed when patience (seconds) runs out."""
    deadline = time.monotonic() + patience
    while True:
        row = reread(row)
        if ready(row):
            return row
        if time.monotonic() > deadline:
            raise StepFailed(
                f"Waited {patience:.0f} s for {what}. Is the worker running, and the model server?"
            )
        connection.close_if_unusable_or_obsolete()
        time.sleep(0.5)
