"""What a position must say to be recorded, and over what; what is not entered for a member."""

from datetime import datetime

from board.models import Ballot, Position
from board.wording import moment
from core.errors import IllegalMove, Unacceptable


def require_nothing_secret(ballot: Ballot) -> None:
    """IllegalMove in a secret vote: whoever enters something for a member would know it before the close."""
    if ballot.secret:
        raise IllegalMove(
            "This vote is secret until it closes, so nobody enters a position or a recusal for a member. "
            "Ask them to record it themselves."
        )


def in_form(position: str, reason: str, lifts_when: str) -> tuple[str, str, str]:
    """What was said, in the form it is kept: only a hold says what lifts it."""
    if position not in Position.Choice.values:
        raise Unacceptable("Choose approve, reject, abstain or hold.", "position")
    return position, reason.strip(), lifts_when.strip() if position == Position.Choice.HOLD else ""


def require_reasons(position: str, reason: str, lifts_when: str, *, changing: bool) -> None:
    if not reason and position in (Position.Choice.REJECT, Position.Choice.HOLD):
        raise Unacceptable("Give a reason: it is printed with the decision.", "reason")
    if not reason and changing:
        raise Unacceptable("Say why you change your vote: it is printed with the decision.", "reason")
    if position == Position.Choice.HOLD and not lifts_when:
        raise Unacceptable(
            "Say what would lift the hold: one thing that can be done and checked.", "lifts_when"
        )


def require_alive(ballot: Ballot, last: Position, now: datetime) -> None:
    """The very same hold does not live on by being placed again after it has lapsed."""
    if last.position == Position.Choice.HOLD and ballot.hold_ends_at(last) <= now:
        raise IllegalMove(
            f"This hold lapsed on {moment(ballot.hold_ends_at(last))}. Place a new one for a reason that is new, "
            "or take another position."
        )


def require_as_seen(ballot: Ballot, own: int, seen: str) -> None:
    """Nothing is recorded from a form that showed another text or an older position of the member.

    `own`: how many they have taken. Not the number of the last one: it would tell how many others voted before.
    """
    revision, _, number = seen.partition(".")
    if revision != str(ballot.motion.revision):
        raise IllegalMove(
            "The words of this proposal were put right while you read them, so nothing was recorded. What you chose is "
            "kept below: read the text as it stands now, then record your position."
        )
    if number != str(own):
        raise IllegalMove(
            "Your position was changed in another tab or by the secretary while this page was open, so nothing was "
            "recorded. See what stands now; to change it, record your position again."
        )
