"""A hold after it was placed: renewed once by its holder, or lapsed and told of."""

from uuid import UUID

from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, HoldLapse, HoldRenewal, Position
from board.queries import roll_of
from board.steps import require_open
from board.steps.mails import tell_of_lapse
from board.wording import moment
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.HOLD_RENEWED)
def renew_hold(*, actor: Actor, ballot_id: UUID, reason: str) -> HoldRenewal:
    """Keep one's hold alive for another span from now; once for each hold."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_renew_hold(actor, ballot))
    now = require_open(ballot, "A hold that stood then keeps this round from carrying; it needs no renewal.")
    line = roll_of(ballot, now).line_of(actor.id)
    stance = line.latest if line else None
    if line is None or stance is None or stance.position != Position.Choice.HOLD:
        raise IllegalMove("You have no hold in this vote that could be renewed.")
    if line.lapsed:
        raise IllegalMove(
            f"Your hold lapsed on {moment(stance.lapses_at(ballot.hold_lapse))}; it can no longer be renewed."
        )
    if stance.renewed_at is not None:
        raise IllegalMove(
            f"A hold is renewed once, and yours was. It lapses on {moment(stance.lapses_at(ballot.hold_lapse))}."
        )
    if not reason.strip():
        raise Unacceptable("Say what has been tried so far to lift it, and what is still missing.", "reason")
    hold = Position.objects.get(ballot=ballot, number=stance.number)
    renewal = HoldRenewal(position=hold, reason=reason.strip(), renewed_at=now)
    renewal.save(force_insert=True)
    record(
        ballot,
        reason=renewal.reason,
        data={"member": line.name, "lapses_at": (now + ballot.hold_lapse).isoformat()},
    )
    return renewal


@command(Verb.HOLD_LAPSED)
def lapse_hold(*, actor: Actor, ballot_id: UUID, number: int) -> Ballot:
    """Put on record, and tell, that a hold has lapsed. Once; counting never waits for it."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_close_ballot(actor, ballot))
    hold = Position.objects.select_related("renewal", "elector__person").get(ballot=ballot, number=number)
    line = roll_of(ballot, clock.now()).line_of(hold.elector.person_id)
    if (
        line is None
        or not line.lapsed
        or line.latest is None
        or line.latest.number != number
        or HoldLapse.objects.filter(position=hold).exists()
    ):
        return unchanged(ballot)
    HoldLapse(position=hold, lapsed_at=ballot.hold_ends_at(hold)).save(force_insert=True)
    record(ballot, data={"member": hold.elector.name, "lapsed_at": ballot.hold_ends_at(hold).isoformat()})
    tell_of_lapse(ballot, hold)
    return ballot
