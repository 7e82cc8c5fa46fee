"""Putting the words of a motion right while it is in a vote: one proposes, another confirms."""

from uuid import UUID

from accounts.models import Person
from audit.commands import command, locked, record
from board import policies
from board.events import Verb
from board.models import Ballot, EditorialFix, Motion
from board.queries import electors_of
from board.states import FIX, FixState
from board.steps import require_open
from board.steps.mails import tell_of_fix
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require

WORDS = ("title", "text", "status_quo")
_OVER = "The words it was voted on stay as they are."


@command(Verb.FIX_PROPOSED)
def propose_fix(
    *, actor: Actor, ballot_id: UUID, title: str, text: str, status_quo: str, reason: str
) -> EditorialFix:
    """Propose other words for the same question. Nothing changes before a second person confirms it."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_propose_fix(actor, ballot))
    now = require_open(ballot, _OVER)
    if EditorialFix.objects.filter(ballot=ballot, state=FixState.PROPOSED).exists():
        raise IllegalMove("Another fix waits to be confirmed or refused. One at a time.")
    before = {name: getattr(ballot.motion, name) for name in WORDS}
    after = {"title": title.strip(), "text": text.strip(), "status_quo": status_quo.strip()}
    for name in WORDS:
        if not after[name]:
            raise Unacceptable("This cannot be left empty.", name)
    if after == before:
        raise Unacceptable("These are the words as they stand. Change what is wrong in them.", "text")
    if not reason.strip():
        raise Unacceptable(
            "Say what is wrong and why the question stays the same: a slip of the pen, a name, a date misprinted.",
            "reason",
        )
    fix = EditorialFix(
        ballot=ballot,
        motion=ballot.motion,
        before=before,
        after=after,
        reason=reason.strip(),
        proposed_by=Person.objects.get(pk=policies.id_of(actor)),
        proposed_by_name=actor.name,
        proposed_at=now,
    )
    fix.save(force_insert=True)
    record(ballot, reason=fix.reason, data={"after": after})
    return fix


@command(Verb.FIX_CONFIRMED)
def confirm_fix(*, actor: Actor, ballot_id: UUID) -> EditorialFix:
    """Confirm, as a second person, that it changes nothing that is asked. The text is put right at once.

    Positions stand; everybody on the roll is told, and may change theirs.
    """
    ballot, fix = _proposed(actor, ballot_id)
    motion = locked(Motion, ballot.motion_id)
    if {name: getattr(motion, name) for name in WORDS} != fix.before:
        raise IllegalMove("The text is not the one this fix was proposed for. Refuse it and propose it anew.")
    _decide(actor, fix, FixState.CONFIRMED)
    for name in WORDS:
        setattr(motion, name, fix.after[name])
    motion.revision += 1
    motion.save()
    record(ballot, reason=fix.reason, data={"revision": motion.revision, "proposed_by": fix.proposed_by_name})
    tell_of_fix(ballot, fix)
    return fix


@command(Verb.FIX_REFUSED)
def refuse_fix(*, actor: Actor, ballot_id: UUID, reason: str) -> EditorialFix:
    """Refuse it: it changes what is asked, which takes a new round, or it is not needed."""
    ballot, fix = _proposed(actor, ballot_id)
    if not reason.strip():
        raise Unacceptable("Say why it is refused.", "reason")
    _decide(actor, fix, FixState.REFUSED)
    record(ballot, reason=reason.strip(), data={"proposed_by": fix.proposed_by_name})
    return fix


def _proposed(actor: Actor, ballot_id: UUID) -> tuple[Ballot, EditorialFix]:
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    fix = EditorialFix.objects.filter(ballot=ballot, state=FixState.PROPOSED).first()
    require(policies.may_decide_fix(actor, ballot, fix, list(electors_of(ballot))))
    require_open(ballot, _OVER)
    if fix is None:
        raise IllegalMove("No fix waits to be confirmed.")
    return ballot, fix


def _decide(actor: Actor, fix: EditorialFix, state: FixState) -> None:
    FIX.require(fix.state, state)
    fix.state = state
    fix.decided_by = Person.objects.get(pk=policies.id_of(actor))
    fix.decided_by_name = actor.name
    fix.decided_at = clock.now()
    fix.save()
