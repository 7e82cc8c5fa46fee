"""Periodic work: closing votes, telling of lapsed holds, carrying out withdrawals. Running it twice does nothing."""

import logging
from collections.abc import Callable
from functools import partial

from celery import shared_task

from board.commands.ballots import close_ballot
from board.commands.holds import lapse_hold
from board.commands.reminders import remind_before_close
from board.commands.withdrawals import carry_out_withdrawal
from board.queries import due_ballots, due_withdrawals, lapsed_holds
from board.reminding import ballots_due
from core import clock
from core.errors import Refused
from core.policies import Process

logger = logging.getLogger(__name__)


CLOCK = Process("The board's clock")


@shared_task(name="board.keep_time")
def keep_time() -> int:
    """What the clock does to open votes besides closing them: holds that lapsed, withdrawals nobody objected to."""
    done = 0
    now = clock.now()
    due: list[Callable[..., object]] = [
        *(partial(lapse_hold, ballot_id=ballot, number=number) for ballot, number in lapsed_holds(now)),
        *(partial(carry_out_withdrawal, ballot_id=ballot) for ballot in due_withdrawals(now)),
    ]
    for act in due:
        try:
            act(actor=CLOCK)
            done += 1
        except Refused as refusal:
            logger.warning("the clock was refused: %s", refusal.sentence)
    return done


@shared_task(name="board.close_due_ballots")
def close_due_ballots() -> int:
    """Close every open vote at or past its time. One that refuses does not stop the others."""
    closed = 0
    for ballot_id in due_ballots(clock.now()):
        try:
            close_ballot(actor=CLOCK, ballot_id=ballot_id)
            closed += 1
        except Refused as refusal:
            logger.warning("ballot %s was not closed: %s", ballot_id, refusal.sentence)
    return closed


@shared_task(name="board.remind_before_close")
def remind_before_close_of_due_ballots() -> int:
    """Write to those without a position, 72 and 24 hours before the close. Running it twice writes to nobody twice."""
    reminded = 0
    for ballot_id, _ in ballots_due():
        try:
            remind_before_close(actor=CLOCK, ballot_id=ballot_id)
            reminded += 1
        except Refused as refusal:
            logger.warning("nobody was reminded of ballot %s: %s", ballot_id, refusal.sentence)
    return reminded
