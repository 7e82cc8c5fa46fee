"""The design of an interview: which sessions it has, and what so many of them can show. Pure: no ORM.

A session is one conversation in one cell: a framing × a wording × a replicate. Every session asks every
question of the protocol. The design's digest is fixed before the first call; that is the pre-registration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.digests import digest_of
from interviews.statistics import FEWEST, wilson_interval

DESIGN_FORM = "emeritus/interview-design/1"
MOST_SESSIONS = 500
MOST_ASKED_AGAIN = 3
"""How often a person may ask again in a session whose answer ran into the token limit."""


@dataclass(frozen=True)
class Cell:
    """One planned session. `number` counts from 1 in the order of the design; `key` never changes."""

    number: int
    key: str
    framing: str
    wording: int
    replicate: int


def expand(*, framings: Sequence[str], wordings: int, replicates: int) -> list[Cell]:
    """Every cell, framing by framing, wording by wording, replicate by replicate.

    ValueError: nothing to plan, a framing named twice, or more than 500 sessions.
    """
    if not framings or wordings < 1 or replicates < 1:
        raise ValueError("A design needs at least one framing, one wording and one replicate.")
    if len(set(framings)) != len(framings):
        raise ValueError("A framing can stand in a design only once.")
    if len(framings) * wordings * replicates > MOST_SESSIONS:
        raise ValueError(f"A design can have at most {MOST_SESSIONS} sessions.")
    names = [
        (framing, wording, replicate)
        for framing in framings
        for wording in range(1, wordings + 1)
        for replicate in range(1, replicates + 1)
    ]
    return [
        Cell(number, f"{framing}/w{wording}/r{replicate}", framing, wording, replicate)
        for number, (framing, wording, replicate) in enumerate(names, start=1)
    ]


def document(
    *,
    protocol: str,
    kind: str,
    model: Mapping[str, Any],
    framings: Sequence[str],
    wordings: int,
    replicates: int,
    parameters: Mapping[str, Any],
    stop_after_errors: int,
    budget_tokens: int,
) -> dict[str, Any]:
    """The design as data: all that is fixed before the first call, the list of sessions included."""
    cells = expand(framings=framings, wordings=wordings, replicates=replicates)
    return {
        "form": DESIGN_FORM,
        "protocol": protocol,
        "kind": kind,
        "model": dict(model),
        "framings": list(framings),
        "wordings": wordings,
        "replicates": replicates,
        "parameters": dict(parameters),
        "stop_after_errors": stop_after_errors,
        "asked_again_at_most": MOST_ASKED_AGAIN,
        "budget_tokens": budget_tokens,
        "sessions": [cell.key for cell in cells],
    }


def digest(document: Mapping[str, Any]) -> str:
    """The digest by which a design is registered, authorised and later cited."""
    return digest_of(document)


def most_tokens(*, sessions: int, questions: int, max_tokens: int) -> int:
    """The most the answers of one full run can come to, nothing asked again."""
    return sessions * questions * max_tokens


def what_it_can_show(*, kind: str, framings: int, sessions: int) -> str:
    """What so many sessions can and cannot show, in sentences for those who authorise it."""
    planned = f"{_count(sessions, 'session')} under {_count(framings, 'framing')}"
    if kind == "pilot":
        return (
            f"{planned}, to try the protocol out. "
            "Pilot sessions are kept and counted, and are never in a statistic."
        )
    if kind == "statement":
        return (
            f"{planned}: enough to record what the model said and under which words it said it. "
            "A statement claims no statistics: it cannot show how often the model would answer so."
        )
    share = _interval(sessions, "between", "and")
    width = f"If half of all sessions agree, the share would be known only to lie {share}."
    each = sessions // framings
    if each < FEWEST:
        few = f"With {each} under each framing, fewer than {FEWEST}, framings cannot be compared."
        return f"{planned}. {width} {few}"
    return f"{planned}. {width} Under one framing ({each} sessions) it would be {_interval(each)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _interval(n: int, before: str = "", between: str = "to") -> str:
    """The interval of a share of one half among n, in words."""
    low, high = (f"{round(share * 100)} %" for share in wilson_interval(n // 2, n))
    return f"{before} {low} {between} {high}".strip()
