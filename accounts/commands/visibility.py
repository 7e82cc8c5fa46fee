"""What of the installation is public."""

from accounts import policies
from accounts.events import Verb
from accounts.models import THE_ORGANISATION, Organisation
from accounts.queries import organisation
from accounts.states import RollCall
from audit.commands import command, locked, record, unchanged
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.VISIBILITY_CHANGED)
def change_visibility(*, actor: Actor, public_site: bool, roll_call: str, reason: str) -> Organisation:
    """Whether there is a public site, and what public decisions tell of votes. Needs a reason."""
    require(policies.may_change_visibility(actor))
    if not organisation().founded:
        raise IllegalMove("This installation is not founded yet. Its founding says what is public.")
    row = locked(Organisation, THE_ORGANISATION)
    if roll_call not in RollCall.values:
        raise Unacceptable("Choose names, affiliations or totals.", "roll_call")
    if not reason.strip():
        raise Unacceptable("Say why this changes.", "reason")
    if (row.public_site, row.roll_call) == (public_site, roll_call):
        return unchanged(row)
    row.public_site, row.roll_call = public_site, roll_call
    row.save()
    record(row, reason=reason.strip(), data={"public_site": public_site, "roll_call": roll_call})
    return row
