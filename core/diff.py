"""Word differences between two texts, exact to the character.

What lives here: `words`, the one comparison every page and export uses. What does not: how a difference is
shown (the templates label it in words as well as colour) and how edited words are counted for a badge
(`essays.badges`).
"""

import re
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["equal", "delete", "insert"]

_WORD = re.compile(r"\S+\s*|\s+")


def words(old: str, new: str) -> list[tuple[Kind, str]]:
    """The runs that turn `old` into `new`, compared word by word, each word with the space that follows it.

    Joining what is equal or deleted gives `old`, joining what is equal or inserted gives `new`, character for
    character.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    runs: list[tuple[Kind, str]] = []
    # autojunk would ignore every word that makes up more than 1 % of a long text and call most of it changed.
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("equal", "".join(before[a:b])))
            continue
        if b > a:
            runs.append(("delete", "".join(before[a:b])))
        if d > c:
            runs.append(("insert", "".join(after[c:d])))
    return runs
