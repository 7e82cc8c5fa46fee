"""A round from its opening to its certificate: open, vote, recuse, close, supersede, certify."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.actors import actor_of
from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Certificate, Elector, Motion, Position, PositionAnswer, Recusal
from board.queries import roll_of
from board.registry import kinds
from board.standing import standing
from board.states import BALLOT, MOTION, BallotState, MotionState
from board.steps import certify, digest_of_motion, end_round, freeze_roll, require_open, snapshot
from board.steps.ballots import override_terms, overtake, was_inquorate_before
from board.steps.departures import take_off_who_left
from board.steps.mails import tell_of_close, tell_of_entry, tell_of_hold, tell_of_opening, tell_of_result
from board.steps.positions import (
    in_form,
    require_alive,
    require_as_seen,
    require_nothing_secret,
    require_reasons,
)
from board.tally import CARRIED, INQUORATE
from board.wording import moment
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, any_of, require


@command(Verb.BALLOT_OPENED)
def open_ballot(
    *, actor: Actor, motion_id: UUID, closes_at: datetime, override: bool = False, secret: bool = False
) -> Ballot:
    """Open the next round: freeze the text, the roll and the rules. IllegalMove names every obstacle.

    `override`: a round in which holds do not block, after one that a hold stopped. `secret`: nobody learns a position,
    a count or who has voted before the close, which then never comes early. Both are for good.
    """
    motion = locked(Motion, motion_id, select_related=("board",))
    require(policies.may_open_ballot(actor, motion))
    MOTION.require(motion.state, MotionState.BALLOTED)
    kind = kinds.get(motion.kind)
    obstacles = kind.obstacles(motion)
    if obstacles:
        raise IllegalMove("The vote cannot be opened yet. " + " ".join(obstacles))
    now = clock.now()
    rules = override_terms(motion, kind.rules(motion)) if override else kind.rules(motion)
    terms = snapshot(motion.board, rules, secret=secret)
    _require_open_long_enough(now, closes_at, terms["minimum_opening_days"])
    last = Ballot.objects.filter(motion=motion).order_by("-round").values_list("round", flat=True).first()
    ballot = Ballot(
        motion=motion,
        round=(last or 0) + 1,
        terms=terms,
        motion_digest=digest_of_motion(motion),
        opens_at=now,
        closes_at=closes_at,
    )
    BALLOT.require(ballot.state, BallotState.OPEN)
    ballot.state = BallotState.OPEN
    ballot.save(force_insert=True)
    roll = freeze_roll(ballot, motion.board)
    motion.state = MotionState.BALLOTED
    motion.save()
    record(
        ballot,
        data={
            "round": ballot.round,
            "closes_at": closes_at.isoformat(),
            "electors": [row.name for row in roll],
            "rules": terms["name"],
            **({"secret": True} if secret else {}),
        },
    )
    tell_of_opening(ballot, roll)
    return ballot


@command(Verb.POSITION_TAKEN)
def take_position(
    *,
    actor: Actor,
    ballot_id: UUID,
    position: str,
    reason: str = "",
    lifts_when: str = "",
    entered_for: UUID | None = None,
    seen: str = "",
) -> Position:
    """Record a position; the last one before the close counts, and all are kept.

    `entered_for`: the member whose position it is, when the secretary enters it for them. Sending the very same
    again changes nothing. `seen`: what the form showed (`seen_of`), where there was a form: IllegalMove when the
    text or the member's own position has changed since.
    """
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    member_id = entered_for or policies.id_of(actor)
    elector = Elector.objects.filter(ballot=ballot, person_id=member_id).select_related("recusal").first()
    require(policies.may_take_position(actor, ballot, elector))
    for_member = entered_for is not None and entered_for != actor.id
    if for_member:
        require_nothing_secret(ballot)
    now = require_open(
        ballot, "Your position was not recorded. You may still send the secretary a statement for the record."
    )
    own = (
        Position.objects.filter(ballot=ballot, elector=elector)
        .exclude(answer__answer=PositionAnswer.Answer.CONTEST)
        .select_related("renewal")
        .order_by("-number")
    )
    last = own.first()
    said = in_form(position, reason, lifts_when)
    if last is not None and said == (last.position, last.reason, last.lifts_when):
        require_alive(ballot, last, now)
        return unchanged(last)
    if seen:
        require_as_seen(ballot, own.count(), seen)
    require_reasons(*said, changing=last is not None)
    taken = Position(
        ballot=ballot,
        elector=elector,
        number=Position.objects.filter(ballot=ballot).count() + 1,
        position=said[0],
        reason=said[1],
        lifts_when=said[2],
        entered_by=Person.objects.get(pk=policies.id_of(actor)),
        entered_by_name=actor.name,
        taken_at=now,
    )
    taken.save(force_insert=True)
    record(
        ballot,
        reason=said[1],
        data={"position": said[0], "member": taken.elector.name, "number": taken.number},
        on_behalf_of=actor_of(taken.elector.person) if for_member else None,
    )
    if for_member:
        tell_of_entry(ballot, taken)
    if taken.position == Position.Choice.HOLD and not ballot.secret:
        tell_of_hold(ballot, taken)
    return taken


@command(Verb.MEMBER_RECUSED)
def recuse(*, actor: Actor, ballot_id: UUID, category: str, text: str) -> Recusal:
    """Take oneself off the vote for this round. Voids one's position; cannot be undone."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    elector = Elector.objects.filter(ballot=ballot, person_id=policies.id_of(actor), departed_at=None).first()
    require(policies.may_recuse(actor, ballot, elector))
    existing = Recusal.objects.filter(elector=elector).first()
    if existing is not None:
        return unchanged(existing)
    now = require_open(
        ballot, "A conflict found after the close is told to the secretary, who puts it on record."
    )
    if category not in Recusal.Category.values:
        raise Unacceptable("Choose what kind of conflict it is.", "category")
    if not text.strip():
        raise Unacceptable("Say in a sentence what the conflict is; the board reads it.", "text")
    recusal = Recusal(ballot=ballot, elector=elector, category=category, text=text.strip(), declared_at=now)
    recusal.save(force_insert=True)
    record(ballot, data={"member": actor.name, "category": category})
    return recusal


@command(Verb.BALLOT_CLOSED)
def close_ballot(*, actor: Actor, ballot_id: UUID, reason: str = "") -> Ballot:
    """Stop counting: at `closes_at` however late this runs, or now when the rules let a vote end early."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_close_ballot(actor, ballot))
    if ballot.state == BallotState.CLOSED and any_of(actor, "process"):
        return unchanged(ballot)
    BALLOT.require(ballot.state, BallotState.CLOSED)
    now = clock.now()
    early = now < ballot.closes_at
    if early:
        if any_of(actor, "process"):
            return unchanged(ballot)
        _require_early_close(ballot, now)
    ballot.state = BallotState.CLOSED
    ballot.closed_at = now
    ballot.counts_until = now if early else ballot.closes_at
    ballot.save()
    overtake(ballot)
    record(
        ballot, reason=reason.strip(), data={"early": early, "counts_until": ballot.counts_until.isoformat()}
    )
    take_off_who_left(ballot)
    tell_of_close(ballot)
    return ballot


@command(Verb.BALLOT_SUPERSEDED)
def supersede_ballot(*, actor: Actor, ballot_id: UUID, reason: str) -> Ballot:
    """End an open round so that its motion can be changed and voted on anew. Its positions are kept, uncounted."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_supersede_ballot(actor, ballot))
    require_open(ballot, "It has run its time; certify its result.")
    if not reason.strip():
        raise Unacceptable("Say why this round ends: what will change in the next.", "reason")
    BALLOT.require(ballot.state, BallotState.SUPERSEDED)
    motion = locked(Motion, ballot.motion_id)
    MOTION.require(motion.state, MotionState.MOVED)
    ballot.state = BallotState.SUPERSEDED
    ballot.save()
    overtake(ballot)
    motion.state = MotionState.MOVED
    motion.save()
    voted = {} if ballot.keeps_secret else {"positions": Position.objects.filter(ballot=ballot).count()}
    record(ballot, reason=reason.strip(), data=voted)
    return ballot


@command(Verb.RESULT_CERTIFIED)
def certify_result(*, actor: Actor, ballot_id: UUID) -> Certificate:
    """Certify a closed round. When it carried, its effect runs in this very transaction."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_certify_result(actor, ballot))
    BALLOT.require(ballot.state, BallotState.CERTIFIED, _why_not_certified(ballot))
    motion = locked(Motion, ballot.motion_id, select_related=("board",))
    certificate = certify(ballot)
    returned = certificate.result == INQUORATE and was_inquorate_before(ballot)
    ballot.state = BallotState.RETURNED if returned else BallotState.CERTIFIED
    ballot.save()
    end_round(motion, certificate.result, returned=returned)
    record(
        certificate,
        data={"number": certificate.number, "result": certificate.result, "digest": certificate.digest},
    )
    kind = kinds.get(motion.kind)
    if certificate.result == CARRIED:
        kind.effect(motion, certificate)
    else:
        kind.ended(motion, certificate)
    tell_of_result(certificate, ballot)
    return certificate


def _require_open_long_enough(now: datetime, closes_at: datetime, days: int) -> None:
    if closes_at <= now:
        raise Unacceptable("The vote must close after now.", "closes_at")
    earliest = now + timedelta(days=days)
    if closes_at < earliest:
        raise Unacceptable(
            f"Under these rules a vote is open for at least {days} days: choose {moment(earliest)} or later.",
            "closes_at",
        )


def _require_early_close(ballot: Ballot, now: datetime) -> None:
    until = f"It stays open until {moment(ballot.closes_at)}."
    if not ballot.terms["early_close"]:
        raise IllegalMove(f"Under these rules a vote never closes early. {until}")
    if now < ballot.earliest_close:
        raise IllegalMove(f"The earliest close is {moment(ballot.earliest_close)}. {until}")
    roll = roll_of(ballot, now)
    if not roll.having("silent", "hold") or standing(ballot.arithmetic, roll.counts).fixed is not None:
        return
    raise IllegalMove(
        "A vote closes early only when everybody eligible has voted and no hold stands, "
        f"or when those who have not voted can change nothing. {until}"
    )


def _why_not_certified(ballot: Ballot) -> str:
    if ballot.state == BallotState.OPEN:
        return "The vote is still open. Close it first; then certify its result."
    return f"This round is {BallotState(ballot.state).label.lower()}; there is nothing to certify."
