import itertools

import pytest

from core.errors import IllegalMove
from modelcalls.states import CALL, ENDED, CallState


def test_every_pair_of_states_is_either_in_the_table_or_refused() -> None:
    legal = {
        ("queued", "running"),
        ("queued", "cancelled"),
        ("running", "queued"),
        ("running", "cancelled"),
        ("truncated", "queued"),
        ("mismatched", "queued"),
        ("failed", "queued"),
        *(("running", state.value) for state in ENDED),
    }
    for before, after in itertools.product(CallState, repeat=2):
        assert CALL.allows(before, after) == ((before.value, after.value) in legal)
        if (before.value, after.value) not in legal:
            with pytest.raises(IllegalMove):
                CALL.require(before, after)


def test_what_completed_was_declined_or_was_cancelled_is_never_asked_again() -> None:
    assert CALL.final == {CallState.COMPLETED, CallState.REFUSED, CallState.CANCELLED}
