"""Suspend a model in an emergency: one person proposes it, another confirms; lift it; ask the board to ratify it."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board.models import Board, Motion
from board.steps import make_motion
from core import clock
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.allowance import allowance_of
from lifecycle.events import Verb
from lifecycle.mails import tell_of_end, tell_of_proposal, tell_of_suspension
from lifecycle.models import AIModel, Suspension
from lifecycle.models.suspensions import LONGEST, MOST_DAYS
from lifecycle.queries.suspensions import RATIFICATION, ratification_motions, sits_on_its_board
from lifecycle.states import SUSPENSION, SuspensionState
from lifecycle.steps.numbers import next_number
from lifecycle.steps.suspensions import expire, over, record_expiry
from lifecycle.suspensions import latest_end, moment, why_gone, why_not_ratify, why_not_suspend, why_too_long

RELATED = ("ai_model", "board", "proposed_by")


@command(Verb.SUSPENSION_PROPOSED)
def propose_suspension(
    *, actor: Actor, ai_model_id: UUID, board_id: UUID, days: int, reason: str
) -> Suspension:
    """Ask another person to suspend a model of ours for so many days. Nothing changes before they do.

    14 days at most, and no more than two people have left of the 14 they may in any 90.
    """
    ai_model = locked(AIModel, ai_model_id)
    require(policies.may_propose_suspension(actor))
    # One whose end the scheduler has not written down yet.
    late = [row for row in map(_locked, _open_ones(ai_model)) if expire(row)]
    if refusal := why_not_suspend(ai_model):
        raise IllegalMove(refusal)
    board = Board.objects.filter(pk=board_id).first()
    if board is None:
        raise NotFound("There is no such board.")
    if not 1 <= days <= MOST_DAYS:
        raise Unacceptable(
            f"Two people suspend a model for 1 to {MOST_DAYS} days. The board can let it last longer.", "days"
        )
    if refusal := why_too_long(ai_model, allowance_of(ai_model), days):
        raise Unacceptable(refusal, "days")
    if not reason.strip():
        raise Unacceptable("Say what the emergency is.", "reason")
    suspension = Suspension(
        number=next_number("suspension"),
        ai_model=ai_model,
        board=board,
        reason=reason.strip(),
        days=days,
        proposed_by=Person.objects.get(pk=actor.id or ""),
        proposed_by_name=actor.name,
        proposed_at=clock.now(),
    )
    suspension.save(force_insert=True)
    record(suspension, reason=suspension.reason, data={"ai_model": ai_model.slug, "days": days})
    for row in late:
        record_expiry(row)
    tell_of_proposal(suspension)
    return suspension


@command(Verb.SUSPENSION_CONFIRMED)
def confirm_suspension(*, actor: Actor, suspension_id: UUID) -> Suspension:
    """The second person: it is in force from now on, and its board is told at once."""
    found = Suspension.objects.filter(pk=suspension_id).only("ai_model_id").first()
    if found is None:
        raise NotFound("There is no such suspension.")
    ai_model = locked(AIModel, found.ai_model_id, about=False)
    suspension = _locked(suspension_id)
    require(policies.may_confirm_suspension(actor, suspension, sits=sits_on_its_board(actor, suspension)))
    now = clock.now()
    SUSPENSION.require(suspension.state_at(now), SuspensionState.IN_FORCE)
    refusal = why_gone(ai_model) or why_too_long(ai_model, allowance_of(ai_model), suspension.days)
    if refusal:
        raise IllegalMove(refusal)
    suspension.confirmed_by = Person.objects.get(pk=actor.id or "")
    suspension.confirmed_by_name = actor.name
    suspension.confirmed_at, suspension.lapses_at = now, now + timedelta(days=suspension.days)
    suspension.save()
    record(suspension, reason=suspension.reason, data={"lapses_at": suspension.lapses_at.isoformat()})
    tell_of_suspension(suspension)
    return suspension


@command(Verb.SUSPENSION_DROPPED)
def drop_suspension(*, actor: Actor, suspension_id: UUID, reason: str) -> Suspension:
    """Take a proposed one back, or turn it down. Nothing was suspended."""
    suspension = _locked(suspension_id)
    require(policies.may_drop_suspension(actor, suspension, sits=sits_on_its_board(actor, suspension)))
    _end(suspension, SuspensionState.DROPPED, reason)
    return suspension


@command(Verb.SUSPENSION_LIFTED)
def lift_suspension(*, actor: Actor, suspension_id: UUID, reason: str) -> Suspension:
    """End one before its time: the emergency is over. One that the board ratified lasts as the board decided."""
    suspension = _locked(suspension_id)
    require(policies.may_lift_suspension(actor, suspension, sits=sits_on_its_board(actor, suspension)))
    if suspension.state_at(clock.now()) == SuspensionState.RATIFIED:
        raise IllegalMove("The board decided how long it lasts. Ask the board for an earlier end.")
    _end(suspension, SuspensionState.LIFTED, reason)
    tell_of_end(suspension)
    return suspension


@command(Verb.SUSPENSION_EXPIRED)
def expire_suspension(*, actor: Actor, suspension_id: UUID) -> Suspension:
    """Record that one is over by the clock, and tell its board; one that is not, or is recorded, stays as it is."""
    suspension = _locked(suspension_id)
    require(policies.may_expire_suspension(actor))
    if not expire(suspension):
        return unchanged(suspension)
    record_expiry(suspension)
    tell_of_end(suspension)
    return suspension


@command(Verb.RATIFICATION_PROPOSED)
def propose_ratification(*, actor: Actor, suspension_id: UUID, lasts_until: datetime, reason: str) -> Motion:
    """Move that one last until an instant: longer than it would, or, where the board ratified it, otherwise."""
    suspension = _locked(suspension_id)
    require(policies.may_propose_ratification(actor))
    if refusal := why_not_ratify(suspension):
        raise IllegalMove(refusal)
    if lasts_until <= clock.now():
        raise Unacceptable("This instant is past. Choose a later one.", "lasts_until")
    if lasts_until > latest_end(suspension):
        raise Unacceptable(
            f"The board lets a suspension last {LONGEST.days} days at most, here until "
            f"{moment(latest_end(suspension))}. What is to stay away for longer is a case.",
            "lasts_until",
        )
    if not reason.strip():
        raise Unacceptable("Say why it should last as long.", "reason")
    if waiting := ratification_motions().filter(subject_id=suspension.pk).first():
        raise IllegalMove(f"Proposal {waiting.number} asks for this already. Wait for its result.")
    motion = _motion_on(suspension, lasts_until, reason.strip())
    record(suspension, reason=reason.strip(), data={"motion": motion.number})
    return motion


def _motion_on(suspension: Suspension, lasts_until: datetime, reason: str) -> Motion:
    assert suspension.confirmed_at is not None
    assert suspension.ends_at is not None
    name, until, ends_at = suspension.ai_model.name, moment(lasts_until), moment(suspension.ends_at)
    since = moment(suspension.confirmed_at)
    who = f"{suspension.proposed_by_name} and {suspension.confirmed_by_name}"
    asked, otherwise = (
        f"Ratify the emergency suspension of {name}, in force since {since}: it lasts until {until}.",
        f"It does not last: without a result it lapses on {ends_at} by itself, and a lost proposal ends it at once.",
    )
    if suspension.lasts_until is not None:
        asked = (
            f"Let the suspension of {name}, in force since {since}, last until {until} instead of {ends_at}."
        )
        otherwise = f"It lasts until {ends_at}, as the board decided before."
    return make_motion(
        board_id=suspension.board_id,
        kind=RATIFICATION,
        title=f"Shall the suspension of {name} last until {until}?",
        text=f"{asked} {who} suspended it: {suspension.reason} Reason for this proposal: {reason}",
        status_quo=otherwise,
        subject_id=suspension.pk,
        subject_label=str(suspension),
        particulars={"ratification": {"lasts_until": lasts_until.isoformat(), "reason": reason}},
    )


def _open_ones(ai_model: AIModel) -> list[UUID]:
    return list(ai_model.suspensions.filter(ended_at=None).values_list("pk", flat=True))


def _locked(suspension_id: UUID) -> Suspension:
    return locked(Suspension, suspension_id, select_related=RELATED)


def _end(suspension: Suspension, ending: SuspensionState, reason: str) -> None:
    SUSPENSION.require(suspension.state_at(clock.now()), ending)
    if not reason.strip():
        raise Unacceptable("Say why.", "reason")
    over(suspension, ending, reason.strip())
    record(suspension, reason=reason.strip())
