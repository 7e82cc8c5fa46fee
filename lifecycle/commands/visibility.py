"""Say what the public sees of a model or of a case. What it saw before stays in the record's history."""

from datetime import datetime
from uuid import UUID

from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.models import AIModel, Case
from lifecycle.states import Visibility


@command(Verb.AI_MODEL_VISIBILITY_CHANGED)
def change_model_visibility(
    *, actor: Actor, ai_model_id: UUID, visibility: str | None, embargo_until: datetime | None, reason: str
) -> AIModel:
    """Make a model public (None), internal, or embargoed until an instant. Its cases and columns go with it."""
    ai_model = locked(AIModel, ai_model_id)
    require(policies.may_change_visibility(actor))
    return ai_model if _changed(ai_model, visibility, embargo_until, reason) else unchanged(ai_model)


@command(Verb.CASE_VISIBILITY_CHANGED)
def change_case_visibility(
    *, actor: Actor, case_id: UUID, visibility: str | None, embargo_until: datetime | None, reason: str
) -> Case:
    """Make a case public (None), internal, or embargoed until an instant. Its decision goes with it."""
    case = locked(Case, case_id)
    require(policies.may_change_visibility(actor))
    return case if _changed(case, visibility, embargo_until, reason) else unchanged(case)


def _changed(row: AIModel | Case, visibility: str | None, until: datetime | None, reason: str) -> bool:
    """Change and record it; False where it is so already."""
    chosen = visibility or None
    if chosen is not None and chosen not in Visibility.values:
        raise Unacceptable("Choose public, internal or embargoed.", "visibility")
    if chosen == Visibility.EMBARGOED:
        if until is None:
            raise Unacceptable("Say until when it is embargoed.", "embargo_until")
        if until <= clock.now():
            raise Unacceptable(
                "This instant is past. Choose a later one, or make it public.", "embargo_until"
            )
    else:
        until = None
    if not reason.strip():
        raise Unacceptable("Say why the public is to see more or less of it.", "reason")
    if (row.visibility, row.embargo_until) == (chosen, until):
        return False
    row.visibility, row.embargo_until = chosen, until
    row.save()
    told = {"visibility": chosen or "public", "until": until.isoformat() if until else None}
    record(row, reason=reason.strip(), data=told)
    return True
