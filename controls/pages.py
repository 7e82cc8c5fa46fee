"""What pages of control tests show in words: where a test stands, its rail, the tabs of the room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from controls.models import ControlTest
from controls.states import ControlState

ROOM = (
    ("tests", "Control tests", "controls:tests"),
    ("findings", "Findings", "controls:findings"),
    ("crosswalk", "Crosswalk", "controls:crosswalk"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


def tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(name), key == current) for key, label, name in ROOM]


def standing(test: Any) -> str:
    """Where a test stands, in one sentence. `test` as `queries.tests_to_list` gives it."""
    if test.state == ControlState.DEFINED:
        return "Defined. Its population is not frozen yet."
    if test.state == ControlState.FROZEN:
        return f"{_records(test.frozen.count)} in the population. The sample is not drawn yet."
    if test.state == ControlState.DROPPED:
        return "Given up. What was done so far stays on record."
    exceptions = {0: "no exception", 1: "1 exception"}.get(test.exceptions, f"{test.exceptions} exceptions")
    kept = f"{test.judged} of {test.sampled} judged, {exceptions}"
    return f"{kept}; the sample is of {_records(test.frozen.count)}."


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    when: str


def steps_of(test: ControlTest) -> list[Step]:
    """Define · Freeze · Draw · Judge · Conclude, with when each was done."""
    judged_at = test.ended_at if test.state == ControlState.CONCLUDED else None
    done = [
        ("Define", test.defined_at),
        ("Freeze population", test.frozen_at),
        ("Draw sample", test.drawn_at),
        ("Judge", judged_at),
        ("Conclude", judged_at),
    ]
    now = next((label for label, at in done if at is None), "")
    over = test.state == ControlState.DROPPED
    return [Step(label, _state(label, at, now, over), _when(label, at, now, over)) for label, at in done]


def _state(label: str, at: datetime | None, now: str, over: bool) -> str:
    return "done" if at else "now" if label == now and not over else "next"


def _when(label: str, at: datetime | None, now: str, over: bool) -> str:
    if at is not None:
        return f"{at:%-d %b %Y}"
    return "Given up" if label == now and over else "Now" if label == now else ""
