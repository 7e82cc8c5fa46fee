"""Opening and ending a round: the snapshot of the rules, the frozen roll, what becomes of the motion."""

from datetime import datetime
from typing import Any

from audit.commands import in_command
from board import tally
from board.models import Ballot, Board, Elector, Motion, Seat, Withdrawal
from board.queries import guidelines_in_short, seats_of_electors, terms_for
from board.states import MOTION, WITHDRAWAL, BallotState, MotionState, WithdrawalState
from board.wording import moment
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove

# What a motion becomes when a round of it is certified. The rest leave it for another round.
_AFTER = {
    tally.CARRIED: MotionState.CARRIED,
    tally.NOT_CARRIED: MotionState.LOST,
    tally.TIE: MotionState.LOST,
    tally.LAPSED: MotionState.LOST,
}


def require_open(ballot: Ballot, otherwise: str) -> datetime:
    """The present instant, when votes are still taken. The server's clock decides, not the closing job.

    IllegalMove names the close and says what may be done `otherwise`.
    """
    in_command()
    now = clock.now()
    if ballot.state != BallotState.OPEN or now >= ballot.closes_at:
        ended = ballot.counts_until or min(ballot.closes_at, now)
        raise IllegalMove(f"This vote closed on {moment(ended)}. {otherwise}")
    return now


def digest_of_motion(motion: Motion) -> str:
    """Of everything a motion asks, as it stands."""
    asked = {
        "title": motion.title,
        "text": motion.text,
        "status_quo": motion.status_quo,
        "revision": motion.revision,
        "dossier_digest": motion.dossier_digest,
    }
    return digest_of(asked | ({"particulars": motion.particulars} if motion.particulars else {}))


def snapshot(board: Board, name: str, *, secret: bool = False) -> dict[str, Any]:
    """The rules in force under this name, as a ballot keeps them, and the versions of the board's guidelines.

    IllegalMove when no rules of the name were adopted.
    A `secret` vote never closes early: that it does would tell how it stands.
    """
    in_command()
    terms = terms_for(board, name)
    if terms is None:
        raise IllegalMove(
            f"This board has not adopted the voting rules “{name.replace('_', ' ')}” that this kind of proposal needs."
        )
    gone_by = guidelines_in_short(board)
    return {
        "name": terms.name,
        "label": terms.label,
        "version": terms.version,
        "basis": terms.basis,
        "arithmetic": terms.arithmetic,
        "minimum_opening_days": terms.minimum_opening_days,
        "hold_lapse_days": terms.hold_lapse_days,
        "extension_days": terms.extension_days,
        "early_close": terms.early_close and not secret,
        "demonstration": board.demonstration,
        "notice_days": board.notice_days,
        **({"secret": True} if secret else {}),
        **({"guidelines": gone_by} if gone_by else {}),
    }


def freeze_roll(ballot: Ballot, board: Board) -> list[Elector]:
    """The electors of a ballot, from the seats held at this moment.

    IllegalMove when there is nobody.
    """
    in_command()
    seats = seats_of_electors(board)
    if not seats:
        raise IllegalMove("Nobody on this board may vote yet. Seat its members first.")
    roll = [_elector(ballot, order, seat, place) for order, (seat, place) in enumerate(seats, start=1)]
    for elector in roll:
        elector.save(force_insert=True)
    return roll


def _elector(ballot: Ballot, order: int, seat: Seat, place: Seat) -> Elector:
    return Elector(
        ballot=ballot,
        seat=seat,
        person=seat.person,
        order=order,
        name=seat.person.name,
        role=seat.role,
        affiliation=seat.person.affiliation,
        alternate_for=place.person.name if seat.pk != place.pk else "",
    )


def end_round(motion: Motion, result: str, *, returned: bool) -> None:
    """What the motion becomes: carried, lost, returned, or free for another round."""
    in_command()
    target = MotionState.RETURNED if returned else _AFTER.get(result, MotionState.MOVED)
    MOTION.require(motion.state, target)
    motion.state = target
    motion.save()


def was_inquorate_before(ballot: Ballot) -> bool:
    """Whether the round before this one ended inquorate as well."""
    return Ballot.objects.filter(
        motion_id=ballot.motion_id,
        round=ballot.round - 1,
        state=BallotState.CERTIFIED,
        certificate__result=tally.INQUORATE,
    ).exists()


def override_terms(motion: Motion, usual: str) -> str:
    """The rules of a round in which holds do not block. IllegalMove unless a hold stopped the round before.

    What asks for more than the override does, is never carried over a hold.
    """
    in_command()
    last = Ballot.objects.filter(motion=motion).order_by("-round").select_related("certificate").first()
    certificate = getattr(last, "certificate", None)
    if certificate is None or certificate.result != tally.HELD:
        raise IllegalMove(
            "Holds are overridden only after a round that ended held. Open an ordinary round first."
        )
    if usual in ("irreversible", "written_consent"):
        raise IllegalMove(
            f"Under the {usual.replace('_', ' ')} rules no hold is overridden: do what would lift it, "
            "then open another round."
        )
    return "hold_override"


def overtake(ballot: Ballot) -> None:
    """A withdrawal that is asked for and not carried out ends with the round."""
    in_command()
    pending = (WithdrawalState.ASKED, WithdrawalState.AGREED)
    for row in Withdrawal.objects.filter(ballot=ballot, state__in=pending):
        WITHDRAWAL.require(row.state, WithdrawalState.OVERTAKEN)
        row.state = WithdrawalState.OVERTAKEN
        row.ended_at = clock.now()
        row.save()
