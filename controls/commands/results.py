"""Take a test's population, sample and results away as a file."""

from uuid import UUID

from audit.commands import command, locked, record
from audit.models import Event
from controls import policies
from controls.events import Verb
from controls.models import ControlTest
from controls.states import ControlState
from core.errors import IllegalMove
from core.policies import Actor, require


@command(Verb.RESULTS_EXPORTED)
def export_results(*, actor: Actor, test_id: UUID) -> Event:
    """Note that somebody takes them away. IllegalMove: nothing is frozen yet."""
    test = locked(ControlTest, test_id)
    require(policies.may_test(actor))
    if test.frozen_in is None:
        raise IllegalMove("There is nothing to take away before the population is frozen.")
    return record(test, data={"state": ControlState(test.state).value})
