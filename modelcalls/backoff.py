"""How long to wait before a call is tried again. Pure: seconds in, seconds out."""

import random

#: Tries for one asking, lost workers included. Then the call has failed and a person decides.
MOST_TRIES = 5

FIRST_WAIT = 2.0
LONGEST_WAIT = 300.0

#: What a server may ask us to wait. Beyond it we try anyway, and fail visibly if it meant it.
LONGEST_ASKED_WAIT = 3600.0


def seconds_to_wait(tries: int, *, asked: float | None = None, chance: float | None = None) -> float:
    """Seconds before the next try after `tries` (≥ 1): doubling with jitter, at least what was asked for.

    Jitter takes up to half away, so that many calls turned away at once do not come back at once; `chance` in
    [0, 1) replaces the dice.
    """
    drawn = random.random() if chance is None else chance
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries - 1, 30)) * (1 - drawn / 2)
    return max(wait, min(asked or 0.0, LONGEST_ASKED_WAIT))
