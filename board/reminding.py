"""Reminders that the clock sends: 72 and 24 hours before a vote closes, to those without a position. Reads only.

In a secret vote to everybody on the roll, since who is reminded would tell who has not voted.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from board.models import Ballot
from board.queries import ballots_to_tell, rolls_of
from board.roll import Line, Roll
from board.states import BallotState
from core import clock
from mail.models import Message
from mail.registry import MessageKind, kinds

SOON = "board.ballot.closes_soon"
#: Hours before the close, the last one first: once 24 are left, the reminder of 72 is no longer sent.
HOURS = (24, 72)
#: Nobody is reminded of what they were told of just now.
AFTER_OPENING = timedelta(hours=1)

kinds.register(
    SOON,
    MessageKind(
        label="A vote closes soon and waits for you",
        template="mail/board/ballot_closes_soon.txt",
        action="Read the case and vote",
        why="you are on the roll of this vote",
        example={
            "title": "Retire Haldane 2 on 31 January 2027",
            "board": "Model Welfare Board",
            "hours": 72,
            "closes_at": datetime.fromisoformat("2026-11-29T09:00:00+00:00"),
        },
        optional=False,
    ),
)


def hours_due(ballot: Ballot, now: datetime) -> int | None:
    """Which reminder is due now: 24, 72, or none."""
    if not ballot.opens_at <= now < ballot.closes_at:
        return None
    for hours in HOURS:
        at = ballot.closes_at - timedelta(hours=hours)
        if now >= at:
            return hours if ballot.opens_at + AFTER_OPENING <= at else None
    return None


def slot_of(ballot: Ballot, hours: int) -> str:
    """The occasion: one ballot, one closing time, one reminder. An extended vote reminds anew before its new close."""
    return f"{SOON}:{ballot.pk}:{ballot.closes_at:%Y%m%dT%H%M}:{hours}"


def to_remind(ballot: Ballot, hours: int, roll: Roll) -> list[UUID]:
    """The people this reminder is still for: each is written to once."""
    told = set(Message.objects.filter(slot=slot_of(ballot, hours)).values_list("recipient_id", flat=True))
    return [line.person_id for line in owing(ballot, roll) if line.person_id not in told]


def owing(ballot: Ballot, roll: Roll) -> Sequence[Line]:
    """Whom a reminder is for."""
    return roll.lines if ballot.secret else roll.having("silent")


def ballots_due() -> list[tuple[UUID, int]]:
    """Open votes with somebody to remind now, and of which hour."""
    now = clock.now()
    last = now + timedelta(hours=max(HOURS))
    live: Sequence[Ballot] = list(
        ballots_to_tell()
        .only(
            "round",
            "opens_at",
            "closes_at",
            "terms",
            "motion__title",
            "motion__board__name",
            "motion__mover_id",
        )
        .filter(state=BallotState.OPEN, closes_at__gt=now, closes_at__lte=last)
    )
    due = {ballot.pk: hours for ballot in live if (hours := hours_due(ballot, now))}
    rolls = rolls_of([ballot for ballot in live if ballot.pk in due], now)
    return [
        (ballot.pk, due[ballot.pk])
        for ballot in live
        if ballot.pk in due and to_remind(ballot, due[ballot.pk], rolls[ballot.pk])
    ]
