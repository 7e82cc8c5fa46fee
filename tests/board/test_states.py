"""The machines printed whole: every pair of states, allowed or not. Change the table and this page changes."""

import pytest

from board.states import BALLOT, MOTION, BallotState, MotionState
from core.errors import IllegalMove

BALLOT_TABLE = """
draft       open withdrawn
open        closed superseded withdrawn
closed      certified returned
certified
superseded
withdrawn
returned
"""

MOTION_TABLE = """
moved       balloted withdrawn
balloted    moved carried lost returned withdrawn
carried
lost
returned
withdrawn
"""


@pytest.mark.parametrize(
    ("machine", "states", "table"), [(BALLOT, BallotState, BALLOT_TABLE), (MOTION, MotionState, MOTION_TABLE)]
)
def test_every_pair_is_as_printed(machine, states, table) -> None:  # type: ignore[no-untyped-def]
    printed = {line.split()[0]: set(line.split()[1:]) for line in table.strip().splitlines()}
    assert set(printed) == set(states.values)
    tried = 0
    for current in states:
        for target in states:
            tried += 1
            allowed = target.value in printed[current.value]
            assert machine.allows(current, target) is allowed, (current, target)
            if not allowed:
                with pytest.raises(IllegalMove, match=current.label.lower()[:8]):
                    machine.require(current, target)
    assert tried == len(states) ** 2


def test_what_is_final_cannot_be_left() -> None:
    assert {state.value for state in BALLOT.final} == {"certified", "superseded", "withdrawn", "returned"}
    assert {state.value for state in MOTION.final} == {"carried", "lost", "returned", "withdrawn"}
