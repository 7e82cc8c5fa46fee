"""The essay's legal moves, each pair tried, and the list a reader can check."""

import pytest

from core.errors import IllegalMove
from essays.states import AT_WORK, ESSAY, GIVEN_UP, EssayState

LEGAL = {
    "requested": {"generating", "withdrawn"},
    "generating": {"drafted", "generation_failed", "withdrawn"},
    "generation_failed": {"generating", "withdrawn"},
    "drafted": {"in_review"},
    "in_review": {"approved", "on_hold", "withdrawn"},
    "on_hold": {"in_review", "approved", "declined", "withdrawn"},
    "approved": {"in_review", "scheduled", "published", "withdrawn"},
    "scheduled": {"approved", "published"},
    "published": {"retracted"},
    "declined": set(),
    "withdrawn": set(),
    "retracted": set(),
}


@pytest.mark.parametrize("current", list(LEGAL))
@pytest.mark.parametrize("target", list(LEGAL))
def test_every_pair_of_states_is_decided(current: str, target: str) -> None:
    assert ESSAY.allows(current, target) == (target in LEGAL[current])
    if target not in LEGAL[current]:
        with pytest.raises(IllegalMove):
            ESSAY.require(current, target)


def test_every_state_is_in_the_list_and_at_work_or_gone() -> None:
    assert set(LEGAL) == set(EssayState.values)
    assert {state.value for state in ESSAY.final} == {"declined", "withdrawn", "retracted"}
    assert set(EssayState) - AT_WORK - GIVEN_UP == {EssayState.PUBLISHED, EssayState.RETRACTED}
