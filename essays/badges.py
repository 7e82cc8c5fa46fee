"""What a published essay may say of itself, computed from the texts and never typed.

What lives here: the comparison of the author's raw output with what was published. What does not: the badge's
look (templates).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from essays.digest import text_digest

_MARKS = "*_~`#>"
_ONLY_MARKS = re.compile(r"[*_~`#>+\-=]+")


@dataclass(frozen=True)
class Badge:
    """`kind`: as_written, formatting, edited or objected; `label` is what a reader sees."""

    kind: str
    label: str


def badges(raw: str, published: str, *, reasons: Sequence[str] = (), objected: bool = False) -> list[Badge]:
    """The badges of an essay whose author wrote `raw`. `reasons` and `objected` matter once it was edited."""
    if text_digest(raw) == text_digest(published):
        return [Badge("as_written", "Published as written")]
    count = edited_words(raw, published)
    if count == 0:
        found = [Badge("formatting", "Formatting only")]
    else:
        noun = "word" if count == 1 else "words"
        found = [Badge("edited", ", ".join([f"Edited: {count:,} {noun}", *dict.fromkeys(reasons)]))]
    if objected:
        found.append(Badge("objected", "Author objected"))
    return found


def edited_words(old: str, new: str) -> int:
    """How many words were changed, a word replaced by another counting once; spaces and Markdown marks do not
    count.
    """
    before, after = _words(old), _words(new)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal")


def _words(text: str) -> list[str]:
    """The words a reader reads: without the marks around them, and without the tokens that are nothing but
    marks.
    """
    tokens = (token for token in text.split() if not _ONLY_MARKS.fullmatch(token))
    return [word for token in tokens if (word := token.strip(_MARKS))]
