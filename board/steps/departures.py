"""Off the roll comes who left the board before voting; in a secret vote at its close, since before it would tell."""

from datetime import datetime

from audit.commands import in_command, record
from board.events import Verb
from board.models import Ballot, Elector


def depart(ballot: Ballot, elector: Elector, at: datetime, basis: str) -> None:
    """This elector is no longer one. Their line of the roll stays."""
    in_command()
    elector.departed_at = at
    elector.departure_basis = basis
    elector.save()
    record(elector, verb=Verb.ELECTOR_DEPARTED, reason=basis, data={"ballot": str(ballot.pk)})


def take_off_who_left(ballot: Ballot) -> None:
    """At the close of a secret vote: whose seat had ended before it, and who had taken no position."""
    if not ballot.secret:
        return
    left = Elector.objects.filter(ballot=ballot, departed_at=None, positions=None)
    for elector in left.filter(seat__ended_at__lt=ballot.closes_at).select_related("seat"):
        if elector.seat.ended_at is not None:
            depart(ballot, elector, elector.seat.ended_at, elector.seat.end_basis)
