"""What whoever presides does on a ballot: extend it once before its close, break a tie after it."""

from datetime import datetime, timedelta
from uuid import UUID

from audit.commands import command, locked, record
from board import policies
from board.events import Verb
from board.models import Ballot, CastingVote, Elector
from board.queries import electors_of, roll_of
from board.states import BallotState
from board.steps import require_open
from board.steps.mails import tell_of_extension
from board.tally import TIE, decide
from board.wording import counted, moment
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.BALLOT_EXTENDED)
def extend_ballot(*, actor: Actor, ballot_id: UUID, closes_at: datetime, reason: str) -> Ballot:
    """Move the close of an open vote to later, once, by at most the days its rules allow. Everybody is told."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_extend_ballot(actor, ballot, list(electors_of(ballot))))
    require_open(ballot, "Only an open vote is extended. If too few took part, another round can be opened.")
    if ballot.extended_from is not None:
        raise IllegalMove(
            f"A vote is extended once, and this one was. It closes on {moment(ballot.closes_at)}."
        )
    days = ballot.terms["extension_days"]
    latest = ballot.closes_at + timedelta(days=days)
    if not ballot.closes_at < closes_at <= latest:
        raise Unacceptable(
            f"Choose an instant after {moment(ballot.closes_at)} and no later than {moment(latest)}: "
            f"these rules allow {counted(days, 'day')} more.",
            "closes_at",
        )
    if not reason.strip():
        raise Unacceptable("Say why the vote needs more time; everybody on the roll reads it.", "reason")
    ballot.extended_from, ballot.closes_at = ballot.closes_at, closes_at
    ballot.save()
    record(
        ballot,
        reason=reason.strip(),
        data={"from": ballot.extended_from.isoformat(), "to": closes_at.isoformat()},
    )
    tell_of_extension(ballot, reason=reason.strip(), by=actor.name)
    return ballot


@command(Verb.CASTING_VOTE_CAST)
def cast_casting_vote(*, actor: Actor, ballot_id: UUID, position: str, reason: str) -> CastingVote:
    """Break a tie after the close, where the rules give the chair that vote; once, before certification."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    elector = Elector.objects.filter(ballot=ballot, person_id=policies.id_of(actor)).first()
    require(policies.may_cast_casting_vote(actor, ballot, elector))
    assert elector is not None  # the policy refuses otherwise
    if ballot.state != BallotState.CLOSED:
        raise IllegalMove("A casting vote is cast after the close and before the result is certified.")
    if CastingVote.objects.filter(ballot=ballot).exists():
        raise IllegalMove("The casting vote was cast; it stands.")
    now = clock.now()
    roll = roll_of(ballot, now)
    if decide(ballot.arithmetic, roll.counts).result != TIE:
        raise IllegalMove("This vote is no tie, so there is nothing for a casting vote to decide.")
    line = roll.line_of(actor.id)
    if line is None or line.status in ("approve", "reject"):
        raise IllegalMove(
            "You took a side in this vote, so you have no casting vote: nobody counts twice. The tie stands and loses."
        )
    if position not in CastingVote.Choice.values:
        raise Unacceptable("Choose approve or reject.", "position")
    if not reason.strip():
        raise Unacceptable("Give a reason: it is printed with the decision.", "reason")
    cast = CastingVote(ballot=ballot, elector=elector, position=position, reason=reason.strip(), cast_at=now)
    cast.save(force_insert=True)
    record(ballot, reason=cast.reason, data={"position": position, "chair": elector.name})
    return cast
