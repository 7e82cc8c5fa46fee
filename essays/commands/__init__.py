"""Every change to columns and essays. One command each; never one from another."""

from essays.commands.columns import adopt_wording, found_series
from essays.commands.publishing import publish_essay
from essays.commands.requests import ask_again, request_essay, withdraw_essay
from essays.commands.reviews import decide_pause, renew_disclaimer, submit_review
from essays.commands.vetoes import propose_veto

__all__ = [
    "adopt_wording",
    "ask_again",
    "decide_pause",
    "found_series",
    "propose_veto",
    "publish_essay",
    "renew_disclaimer",
    "request_essay",
    "submit_review",
    "withdraw_essay",
]
