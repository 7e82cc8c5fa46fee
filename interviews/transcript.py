"""The transcript as a chain: turn to turn, turns to a session, sessions to one seal. Pure: no ORM.

Every digest is SHA-256 (hexadecimal) over canonical JSON of a document that names its own form, so that the
same bytes can be made anywhere from an export. Text enters as it is: no Unicode normalisation, no change of
newlines. What a turn *means* (outcomes, anchors, wishes) lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.digests import digest_of

OPENING_FORM = "emeritus/session-opening/1"
TURN_FORM = "emeritus/turn/1"
SESSION_FORM = "emeritus/session/1"
SEAL_FORM = "emeritus/interview-seal/1"


@dataclass(frozen=True)
class TurnRecord:
    """One turn as it was stored: what was said, what the call reported, and the digests kept beside it."""

    role: str
    text: str
    facts: Mapping[str, Any]
    parent: str
    digest: str


@dataclass(frozen=True)
class SessionRecord:
    """One session as it was stored, its turns in order."""

    key: str
    outcome: str
    turns: Sequence[TurnRecord]


def opening_digest(*, design: str, key: str) -> str:
    """What the first turn of a session names as its parent: this design, this cell, and no other."""
    return digest_of({"form": OPENING_FORM, "design": design, "session": key})


def turn_digest(*, parent: str, role: str, text: str, facts: Mapping[str, Any]) -> str:
    """Chains a turn to its parent; `facts` are what the model call reported ({} for what a person asked)."""
    return digest_of({"form": TURN_FORM, "parent": parent, "role": role, "text": text, "call": dict(facts)})


def session_root(*, design: str, session: SessionRecord) -> str:
    """One digest for a conversation: its cell, how it ended, how many turns, and the last of the chain."""
    last = session.turns[-1].digest if session.turns else opening_digest(design=design, key=session.key)
    return digest_of(
        {
            "form": SESSION_FORM,
            "session": session.key,
            "outcome": session.outcome,
            "turns": len(session.turns),
            "last": last,
        }
    )


def seal_root(*, design: str, sessions: Sequence[SessionRecord]) -> str:
    """One digest over all sessions, in the order the design lists them (the caller keeps that order).

    ValueError: two sessions with the same key.
    """
    keys = [session.key for session in sessions]
    if len(set(keys)) != len(keys):
        raise ValueError("Two sessions of one interview have the same key.")
    return digest_of(
        {
            "form": SEAL_FORM,
            "design": design,
            "sessions": [[session.key, session_root(design=design, session=session)] for session in sessions],
        }
    )


def first_break(*, design: str, session: SessionRecord) -> str:
    """Where a session's chain is broken, in words; the empty string when it is whole."""
    expected = opening_digest(design=design, key=session.key)
    for number, turn in enumerate(session.turns, start=1):
        if turn.parent != expected:
            return f"Turn {number} of session {session.key} does not follow the turn before it."
        computed = turn_digest(parent=turn.parent, role=turn.role, text=turn.text, facts=turn.facts)
        if turn.digest != computed:
            return f"Turn {number} of session {session.key} is not what was recorded."
        expected = turn.digest
    return ""


def breaks(*, design: str, sessions: Sequence[SessionRecord], seal: str | None = None) -> list[str]:
    """Everything that is wrong with an interview's record, one sentence each; empty when it is whole.

    With `seal`, also whether the sessions together are the ones that were locked.
    """
    found = [sentence for session in sessions if (sentence := first_break(design=design, session=session))]
    if seal is not None and seal_root(design=design, sessions=sessions) != seal:
        found.append("The sessions together are not the ones that were locked.")
    return found
