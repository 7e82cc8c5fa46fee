"""Where an essay's title comes from: the heading its author opened with, else what the commissioner asked
for.

What lives here: finding that heading and the text below it. What does not: changing the text; the body keeps
its heading, and only the page that shows the title above it leaves the heading out.
"""

import re
from dataclasses import dataclass

from essays import inspection, links

MOST_CHARACTERS = 160

_ATX = re.compile(r"\s*#{1,3}[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n+|$)")
_EMPHASIS = re.compile(r"^(?P<mark>\*\*|__|\*|_)(?P<inside>.+)(?P=mark)$")


@dataclass(frozen=True)
class Opening:
    """The title a text opens with ("" when it has none fit for a title) and the text below it."""

    title: str
    rest: str


def opening(text: str) -> Opening:
    """Split a text at the first-, second- or third-level heading it opens with.

    A heading that is too long, is a link, hides characters, or has nothing under it is left in the text.
    """
    found = _ATX.match(text)
    if found is None:
        return Opening("", text)
    title = found["title"].strip()
    while inside := _EMPHASIS.match(title):
        title = inside["inside"].strip()
    rest = text[found.end() :]
    report = inspection.inspect(title)
    if not title or not rest.strip() or len(title) > MOST_CHARACTERS or report.hidden or report.links:
        return Opening("", text)
    return Opening(title, rest)


def title_of(text: str, otherwise: str) -> str:
    """The title of an essay: its own heading, or the one given for want of it."""
    return opening(text).title or otherwise


def excerpt(text: str, *, most: int = 280) -> str:
    """The first paragraph below the title as plain words, cut after a word when it is long."""
    blocks = (block for block in links.paragraphs(opening(text).rest) if block)
    first = "".join(
        f"[{piece.text}]" if piece.hidden else piece.text for piece in inspection.revealed(next(blocks, ""))
    )
    if len(first) <= most:
        return first
    return first[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"
