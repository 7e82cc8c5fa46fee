"""Remind those on a roll who have no position yet; in a secret vote everybody on it."""

from uuid import UUID

from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Elector
from board.queries import roll_of
from board.reminding import SOON, hours_due, owing, slot_of, to_remind
from board.states import BallotState
from board.steps.mails import remind, reminder_slot
from core import clock
from core.errors import IllegalMove
from core.policies import Actor, any_of, denied, require
from mail.queries import occasions_told
from mail.steps import post


@command(Verb.ELECTORS_REMINDED)
def remind_electors(*, actor: Actor, ballot_id: UUID) -> Ballot:
    """Write to everybody eligible without a position, in a secret vote to all; once a day (UTC) for one ballot.

    IllegalMove when the vote is over, everybody has a position, or they were reminded today.
    """
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_remind_electors(actor, ballot))
    now = clock.now()
    if ballot.state != BallotState.OPEN or now >= ballot.closes_at:
        raise IllegalMove("This vote takes no more positions, so there is nothing to remind of.")
    silent = {line.person_id for line in owing(ballot, roll_of(ballot, now))}
    if not silent:
        raise IllegalMove("Everybody eligible has a position. Nobody needs a reminder.")
    if occasions_told([reminder_slot(ballot, now.date())]):
        raise IllegalMove("They were reminded today. The next reminder can go out tomorrow (UTC).")
    electors = Elector.objects.filter(ballot=ballot, person_id__in=silent).select_related("person")
    record(ballot, data={"reminded": len(silent)})
    remind(ballot, list(electors), by=actor.name, day=now.date())
    return ballot


@command(Verb.ELECTORS_REMINDED)
def remind_before_close(*, actor: Actor, ballot_id: UUID) -> Ballot:
    """What the clock does 72 and 24 hours before the close: each person once per reminder, however often it runs."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    if not any_of(actor, "process"):
        require(
            denied("Only the board's clock sends these reminders; the secretary has a button of their own.")
        )
    now = clock.now()
    hours = hours_due(ballot, now) if ballot.state == BallotState.OPEN else None
    people = to_remind(ballot, hours, roll_of(ballot, now)) if hours else []
    if hours is None or not people:
        return unchanged(ballot)
    record(ballot, data={"hours": hours})
    post(
        kind=SOON,
        to=[row.person for row in ballot.electors.filter(person_id__in=people).select_related("person")],
        about=ballot,
        slot=slot_of(ballot, hours),
        context={
            "title": ballot.motion.title,
            "board": ballot.motion.board.name,
            "hours": hours,
            "closes_at": ballot.closes_at,
            "secret": ballot.secret,
        },
    )
    return ballot
