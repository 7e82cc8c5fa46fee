"""How long to wait before something is sent again. Pure: seconds in, seconds out."""

import random
from collections.abc import Sequence

_MINUTE, _HOUR = 60.0, 3600.0

#: Seconds before the second, third, … try of a mail: a server that greylists wants minutes, one that is down hours.
MAIL_WAITS = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR)

#: The same for a webhook: about three days in all (https://www.standardwebhooks.com, "retry schedule").
WEBHOOK_WAITS = (
    5.0,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)


def seconds_to_wait(waits: Sequence[float], tries: int, *, chance: float | None = None) -> float | None:
    """Seconds before the next try after `tries` (≥ 1), up to a fifth longer by chance; None: give up."""
    if tries > len(waits):
        return None
    drawn = random.random() if chance is None else chance
    return waits[tries - 1] * (1 + drawn / 5)
