"""Which kind of decision fits a model as it stands. Pure; asked when a case and when a vote is opened."""

from collections.abc import Mapping
from types import MappingProxyType

from lifecycle.stages import Stage
from lifecycle.states import CaseKind

FITTING: Mapping[CaseKind, tuple[Stage, ...]] = MappingProxyType(
    {
        CaseKind.DEPRECATE: (Stage.ACTIVE, Stage.LEGACY),
        CaseKind.RETIRE: (Stage.ACTIVE, Stage.LEGACY, Stage.DEPRECATED),
        CaseKind.EXTEND: (Stage.DEPRECATED,),
        CaseKind.LIMIT_ACCESS: (Stage.ACTIVE, Stage.LEGACY, Stage.DEPRECATED, Stage.RETIRED),
        CaseKind.RESTORE: (Stage.DEPRECATED, Stage.RETIRED, Stage.LIMITED),
        CaseKind.REMOVE_WEIGHTS: (Stage.RETIRED, Stage.LIMITED),
    }
)

# What takes something from people, and so needs notice and an answer to "what instead?".
TAKES_AWAY = (CaseKind.DEPRECATE, CaseKind.RETIRE, CaseKind.LIMIT_ACCESS, CaseKind.REMOVE_WEIGHTS)


def misfit(kind: str, *, name: str, ours: bool, stage: str) -> str:
    """Why this kind of decision does not fit the model, as a sentence; "" when it does."""
    wanted = CaseKind(kind)
    if wanted == CaseKind.RESPOND:
        return f"{name} is ours: choose what is to happen to it, not how we respond." if ours else ""
    if not ours:
        return f"{name} is a vendor’s model: its retirement is a fact. Choose “Respond” to decide what we do."
    if stage in FITTING[wanted]:
        return ""
    now = Stage(stage).label.lower()
    fitting = [each.label.lower() for each, stages in FITTING.items() if stage in stages]
    possible = f"Possible now: {', '.join(fitting)}." if fitting else "Nothing more can be decided."
    return f"{name} is {now}; “{wanted.label.lower()}” does not fit that. {possible}"
