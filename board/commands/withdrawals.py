"""Taking a motion back after members have voted: the mover asks, the chair agrees, and no elector objects in time."""

from datetime import timedelta
from uuid import UUID

from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Motion, Position, Withdrawal
from board.queries import electors_of
from board.states import BALLOT, MOTION, WITHDRAWAL, BallotState, MotionState, WithdrawalState
from board.steps import require_open
from board.steps.mails import tell_of_withdrawal
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require

# How long electors may object once the chair has agreed.
OBJECTION = timedelta(hours=72)
_OVER = "Its result stands; a proposal that was voted on is not taken back."
_PENDING = (WithdrawalState.ASKED, WithdrawalState.AGREED)


@command(Verb.WITHDRAWAL_ASKED)
def ask_withdrawal(*, actor: Actor, ballot_id: UUID, reason: str) -> Withdrawal:
    """Ask the chair to let one's motion be taken back although members have voted on it."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_change_motion(actor, ballot.motion))
    now = require_open(ballot, _OVER)
    if not ballot.secret and not Position.objects.filter(ballot=ballot).exists():
        raise IllegalMove(
            "Nobody has voted yet, so you may take the proposal back yourself, on its own page."
        )
    if not reason.strip():
        raise Unacceptable("Say why you want to take it back.", "reason")
    if Withdrawal.objects.filter(ballot=ballot, state__in=_PENDING).exists():
        raise IllegalMove("You have asked for this already. The chair and the electors have the word.")
    row = Withdrawal(ballot=ballot, reason=reason.strip(), asked_at=now)
    row.save(force_insert=True)
    record(ballot, reason=row.reason)
    tell_of_withdrawal(ballot, row)
    return row


@command(Verb.WITHDRAWAL_AGREED)
def agree_to_withdrawal(*, actor: Actor, ballot_id: UUID) -> Withdrawal:
    """Agree, as whoever presides. It takes effect after 72 hours unless an elector objects."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_agree_to_withdrawal(actor, ballot, list(electors_of(ballot))))
    now = require_open(ballot, _OVER)
    row = _pending(ballot)
    if row.state == WithdrawalState.AGREED:
        return unchanged(row)
    WITHDRAWAL.require(row.state, WithdrawalState.AGREED)
    row.state = WithdrawalState.AGREED
    row.agreed_by_name = actor.name
    row.agreed_at = now
    row.takes_effect_at = now + OBJECTION
    row.save()
    record(ballot, data={"takes_effect_at": row.takes_effect_at.isoformat()})
    tell_of_withdrawal(ballot, row)
    return row


@command(Verb.WITHDRAWAL_OBJECTED)
def object_to_withdrawal(*, actor: Actor, ballot_id: UUID, objection: str) -> Withdrawal:
    """Object: the motion belongs to the board, and the vote goes on."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_object_to_withdrawal(actor, ballot, list(electors_of(ballot))))
    now = require_open(ballot, _OVER)
    row = _pending(ballot)
    if row.takes_effect_at is not None and now >= row.takes_effect_at:
        raise IllegalMove("The 72 hours for objections are over; the proposal is about to be taken back.")
    if not objection.strip():
        raise Unacceptable("Say why the vote should go on.", "objection")
    _end(row, WithdrawalState.OBJECTED)
    row.objector_name = actor.name
    row.objection = objection.strip()
    row.save()
    record(ballot, reason=row.objection)
    tell_of_withdrawal(ballot, row)
    return row


@command(Verb.MOTION_WITHDRAWN)
def carry_out_withdrawal(*, actor: Actor, ballot_id: UUID) -> Motion:
    """Take the motion back once the time for objections is over; by the board's clock. Twice does nothing."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_close_ballot(actor, ballot))
    motion = locked(Motion, ballot.motion_id)
    now = clock.now()
    row = Withdrawal.objects.filter(ballot=ballot, state=WithdrawalState.AGREED).first()
    if row is None or row.takes_effect_at is None or now < row.takes_effect_at:
        return unchanged(motion)
    if ballot.state != BallotState.OPEN or row.takes_effect_at >= ballot.closes_at:
        return unchanged(motion)  # the end of the vote came first: its result stands
    BALLOT.require(ballot.state, BallotState.WITHDRAWN)
    MOTION.require(motion.state, MotionState.WITHDRAWN)
    _end(row, WithdrawalState.DONE)
    row.save()
    ballot.state = BallotState.WITHDRAWN
    ballot.save()
    motion.state = MotionState.WITHDRAWN
    motion.save()
    record(motion, reason=row.reason, data={"agreed_by": row.agreed_by_name})
    tell_of_withdrawal(ballot, row)
    return motion


def _pending(ballot: Ballot) -> Withdrawal:
    row = Withdrawal.objects.filter(ballot=ballot, state__in=_PENDING).first()
    if row is None:
        raise IllegalMove("Nobody asks to take this proposal back.")
    return row


def _end(row: Withdrawal, state: WithdrawalState) -> None:
    WITHDRAWAL.require(row.state, state)
    row.state = state
    row.ended_at = clock.now()
