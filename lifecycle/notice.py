"""How many days of notice a model's users had. Pure arithmetic; whether it was enough is `requirements`' business."""

from datetime import date


def days(announced: date, effective: date) -> int:
    """Days from the announcement to the day it takes effect.

    Both are days at 00:00 UTC, so the announcement's own day counts in full. ValueError when the announcement
    came after the fact: that is no notice at all, and a negative number must not pass for one.
    """
    given = (effective - announced).days
    if given < 0:
        raise ValueError(f"announced on {announced}, {-given} days after it took effect on {effective}")
    return given
