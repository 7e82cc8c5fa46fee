"""The votes of the demonstration: some that were certified, one that is open, one that is open and secret."""

from collections.abc import Mapping
from datetime import timedelta

from audit.tasks import seal_what_is_ready
from board.commands import ballots, motions
from board.models import Ballot, Motion, Position, Recusal, Seat
from board.states import BallotState
from config.demo import texts
from config.demo.people import PEOPLE, actor, model_board, person
from core import clock

ELECTORS = tuple(each.part for each in PEOPLE if each.seat not in ("", Seat.Role.SECRETARY))
OPEN_FOR = timedelta(days=2)
SOON = timedelta(hours=2)
SECRET_FOR = timedelta(hours=4)
"""Short: while it is open, nothing that is recorded meanwhile gets a published proof."""


def ensure_decided(motion: Motion | None, otherwise: Mapping[str, tuple[str, str]]) -> None:
    """Everybody votes, the round is closed early and certified. Whoever is not in `otherwise` approves."""
    ballot = _ballot(motion, SOON)
    if ballot is None:
        return
    secretary = actor("secretary")
    if ballot.state == BallotState.OPEN:
        for part in ELECTORS:
            position, reason = otherwise.get(part, ("approve", ""))
            _ensure_position(ballot, part, position, reason)
        ballots.close_ballot(
            actor=secretary, ballot_id=ballot.id, reason="Everybody eligible has voted, and no hold stands."
        )
        ballot.refresh_from_db()
    if ballot.state == BallotState.CLOSED:
        ballots.certify_result(actor=secretary, ballot_id=ballot.id)


def ensure_open_vote(motion: Motion | None) -> None:
    """Five of nine have a position, one of them a hold; one is recused, and three are still silent."""
    ballot = _ballot(motion, OPEN_FOR)
    if ballot is None or ballot.state != BallotState.OPEN or ballot.closes_at <= clock.now():
        return
    part, category, text = texts.RECUSAL
    if not Recusal.objects.filter(ballot=ballot, elector__person=person(part)).exists():
        ballots.recuse(actor=actor(part), ballot_id=ballot.id, category=category, text=text)
    for voter, position, reason, lifts_when in texts.POSITIONS:
        _ensure_position(ballot, voter, position, reason, lifts_when)


def ensure_secret_vote() -> None:
    """On a resolution: four of nine have voted, and until the close nobody learns who or how.

    The last thing that is told: what came before is sealed first, so that its proofs are published.
    """
    board = model_board()
    motion = Motion.objects.filter(board=board, title=texts.SECRET["title"]).first()
    if motion is None:
        seal_what_is_ready()
        motion = motions.move_motion(
            actor=actor("sixth_member"), board_id=board.id, kind="resolution", **texts.SECRET
        )
    ballot = _ballot(motion, SECRET_FOR, secret=True)
    if ballot is None or ballot.state != BallotState.OPEN or ballot.closes_at <= clock.now():
        return
    for voter, position, reason in texts.SECRET_POSITIONS:
        _ensure_position(ballot, voter, position, reason)


def _ballot(motion: Motion | None, open_for: timedelta, *, secret: bool = False) -> Ballot | None:
    """The motion's first round, opened if nobody has; None when there is none before the board."""
    if motion is None:
        return None
    found = Ballot.objects.filter(motion=motion).order_by("round").first()
    if found is not None or motion.state != "moved":
        return found
    return ballots.open_ballot(
        actor=actor("secretary"), motion_id=motion.id, closes_at=clock.now() + open_for, secret=secret
    )


def _ensure_position(ballot: Ballot, part: str, position: str, reason: str, lifts_when: str = "") -> None:
    if not Position.objects.filter(ballot=ballot, elector__person=person(part)).exists():
        ballots.take_position(
            actor=actor(part), ballot_id=ballot.id, position=position, reason=reason, lifts_when=lifts_when
        )
