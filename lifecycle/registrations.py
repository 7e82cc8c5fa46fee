"""What lifecycle tells the apps below it; imported once, when Django is ready."""

from board.registry import kinds
from lifecycle import requirements
from lifecycle.decisions import kind_of
from lifecycle.registry import Requirement
from lifecycle.registry import requirements as registered
from lifecycle.states import CaseKind

for kind in CaseKind:
    kinds.register(kind.value, kind_of(kind))

registered.register("notice_days", Requirement("Notice days", requirements.notice_days, order=10))
registered.register(
    "replacement_named", Requirement("Replacement named", requirements.replacement_named, order=30)
)
