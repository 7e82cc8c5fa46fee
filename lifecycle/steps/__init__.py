"""What commands of lifecycle share, and what apps above need inside theirs. Inside a command only."""

from lifecycle.steps.facts import state, the_source
from lifecycle.steps.promises import promise
from lifecycle.steps.stages import carry_out, change_stage

__all__ = ["carry_out", "change_stage", "promise", "state", "the_source"]
