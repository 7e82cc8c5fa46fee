"""The timing of voting rules: how long a vote is open, how long a hold lives. The arithmetic is in `board.tally`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """All in days. `early_close`: whether a vote may end before its date at all."""

    minimum_opening_days: int
    early_close: bool = True
    hold_lapse_days: int = 14
    extension_days: int = 14


# What a board adopts at its founding unless it says otherwise. Where the rules name no time, three days.
STANDARD_TIMING: dict[str, Timing] = {
    "ordinary": Timing(3),
    "ordinary_casting": Timing(3),
    "retirement": Timing(7),
    "irreversible": Timing(14, early_close=False),
    "hold_override": Timing(3),
    "written_consent": Timing(3),
}

# Which terms a kind of motion is voted under; every kind not named here is voted under `retirement`.
_TERMS_OF_KIND = {
    "remove_weights": "irreversible",
    "hold_override": "hold_override",
    "respond": "ordinary",
    "terms": "ordinary",
    "minutes": "ordinary",
    "guidelines": "ordinary",
    "essay": "ordinary",
    "resolution": "ordinary",
}


def terms_of_kind(kind: str) -> str:
    """The name of the standard terms for a kind of motion."""
    return _TERMS_OF_KIND.get(kind, "retirement")
