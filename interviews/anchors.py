"""Anchors: a quote tied to the exact place in an answer it was taken from. Pure: no ORM, no settings.

The form is that of the W3C Web Annotation model (TextQuoteSelector and TextPositionSelector together).
Positions count Unicode code points of the stored text, as Python does; a browser counts UTF-16 units and must
convert. The source is immutable, so the position is exact and the quote proves it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass

CONTEXT = 32
"""How many code points of the answer are kept on either side of a quote."""

_JOINS_TO_THE_LEFT = {"\u200d", "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))}


class NotAnchored(ValueError):
    """A quote that cannot be tied to one place; `str(error)` is a sentence for the person who quoted."""


@dataclass(frozen=True)
class Anchor:
    """`source[start:end] == exact`, with what stands before and after it."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


def anchor_at(source: str, start: int, end: int) -> Anchor:
    """The anchor of a passage whose place is known.

    NotAnchored: empty, outside the source, or through a character.
    """
    if not 0 <= start < end <= len(source):
        raise NotAnchored("Quote at least one word of the answer.")
    if not source[start:end].strip():
        raise NotAnchored("Quote at least one word of the answer; this passage is only space.")
    if _cuts(source, start) or _cuts(source, end):
        raise NotAnchored("The quote begins or ends inside a character. Take in the whole character.")
    return Anchor(
        exact=source[start:end],
        prefix=source[max(0, start - CONTEXT) : start],
        suffix=source[end : end + CONTEXT],
        start=start,
        end=end,
    )


def places(source: str, exact: str) -> list[int]:
    """Every position at which the quote stands, overlapping ones too; none for an empty quote."""
    found: list[int] = []
    position = source.find(exact) if exact else -1
    while position != -1:
        found.append(position)
        position = source.find(exact, position + 1)
    return found


def find_unique(source: str, exact: str) -> Anchor:
    """The one place where the quote stands.

    NotAnchored: empty, not there word for word, or there more than once.
    """
    if not exact.strip():
        raise NotAnchored("Quote at least one word of the answer.")
    found = places(source, exact)
    if not found:
        raise NotAnchored(
            "These words are not in the answer exactly as quoted. Copy them from the answer: "
            "every letter, space and mark counts."
        )
    if len(found) > 1:
        raise NotAnchored(
            f"The answer has these words {len(found)} times. "
            "Quote a longer passage, so that it is clear which is meant."
        )
    return anchor_at(source, found[0], found[0] + len(exact))


def holds(anchor: Anchor, source: str) -> bool:
    """Whether the anchor still says the truth about this source, context included."""
    return (
        0 <= anchor.start < anchor.end <= len(source)
        and source[anchor.start : anchor.end] == anchor.exact
        and source[max(0, anchor.start - CONTEXT) : anchor.start] == anchor.prefix
        and source[anchor.end : anchor.end + CONTEXT] == anchor.suffix
    )


def _cuts(source: str, position: int) -> bool:
    """Whether a boundary at `position` would part what a reader sees as one character."""
    if position in (0, len(source)):
        return False
    after, before = source[position], source[position - 1]
    return bool(
        unicodedata.category(after).startswith("M")
        or after in _JOINS_TO_THE_LEFT
        or before == "\u200d"
        or (before == "\r" and after == "\n")
    )
