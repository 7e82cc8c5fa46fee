"""Who is meant by "@Name" in what somebody wrote, and until when a question waits. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

#: How long a question waits for its answer, unless the vote closes before.
ANSWER_WITHIN = timedelta(days=3)
_AT = re.compile(r"(?<![\w@])@")


def mentioned(text: str, names: Mapping[UUID, str]) -> list[UUID]:
    """The people named after an @, each once, in the order they are named. The longest name that fits counts."""
    found: list[UUID] = []
    longest_first = sorted(names.items(), key=lambda item: (-len(item[1]), item[1]))
    for at in _AT.finditer(text):
        rest = text[at.end() :]
        person = next((key for key, name in longest_first if name and _begins(rest, name)), None)
        if person is not None and person not in found:
            found.append(person)
    return found


def _begins(rest: str, name: str) -> bool:
    after = rest[len(name) : len(name) + 1]
    return rest[: len(name)].casefold() == name.casefold() and not (after.isalnum() or after == "_")


def answer_by(asked_at: datetime, closes_at: datetime | None) -> datetime:
    """When an answer is due: in three days, or when the open vote closes, if that is sooner."""
    due = asked_at + ANSWER_WITHIN
    return min(due, closes_at) if closes_at is not None and closes_at > asked_at else due
