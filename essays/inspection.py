"""What an editor must see that the eye cannot: hidden characters, look-alike letters, and where every link
really goes.

What lives here: a report on one text. What does not: any decision. Findings are shown to people; no policy,
guard or tally reads them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from essays.links import Link, links_of

# Each kind of hidden character, by code point, with the words an editor reads.
_KINDS: tuple[tuple[str, tuple[range, ...]], ...] = (
    ("tag character", (range(0xE0000, 0xE0080),)),
    (
        "direction control",
        (range(0x061C, 0x061D), range(0x200E, 0x2010), range(0x202A, 0x202F), range(0x2066, 0x206A)),
    ),
    (
        "zero width",
        (range(0x200B, 0x200E), range(0x2060, 0x2066), range(0xFEFF, 0xFF00), range(0x180E, 0x180F)),
    ),
    ("variation selector", (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))),
    (
        "blank letter",
        (range(0x115F, 0x1161), range(0x3164, 0x3165), range(0xFFA0, 0xFFA1), range(0x2800, 0x2801)),
    ),
)
_PLAIN_CONTROLS = frozenset("\n\r\t")
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_WORD = re.compile(r"[^\W\d_]+")
MOST_LOOK_ALIKES = 20


@dataclass(frozen=True)
class Hidden:
    """One hidden character: how often it stands in the text."""

    kind: str
    code_point: str
    name: str
    count: int


@dataclass(frozen=True)
class Segment:
    """A stretch of the revealed text: as written, or a mark in place of one hidden character."""

    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Inspection:
    """What was found in one text. `smuggled` is what its tag characters spell, if there are any."""

    words: int
    hidden: tuple[Hidden, ...] = ()
    smuggled: str = ""
    look_alikes: tuple[str, ...] = ()
    links: tuple[Link, ...] = field(default=())

    @property
    def hidden_count(self) -> int:
        return sum(found.count for found in self.hidden)

    @property
    def flagged_links(self) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.findings)

    @property
    def findings(self) -> int:
        """How many things ask for an editor's eye."""
        return len(self.hidden) + len(self.look_alikes) + len(self.flagged_links)


def inspect(text: str) -> Inspection:
    """Everything an editor should look at in a text."""
    counted = Counter(character for _, character in _hidden(text))
    hidden = (Hidden(kind_of(c) or "", code_point(c), _name(c), n) for c, n in counted.items())
    return Inspection(
        words=len(text.split()),
        hidden=tuple(sorted(hidden, key=lambda found: (-found.count, found.code_point))),
        smuggled="".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) < 0xE007F),
        look_alikes=look_alikes(text),
        links=links_of(text),
    )


def revealed(text: str) -> list[Segment]:
    """The text in stretches, every hidden character replaced by a mark that names it."""
    segments: list[Segment] = []
    last = 0
    for index, character in _hidden(text):
        if index > last:
            segments.append(Segment(text[last:index]))
        segments.append(Segment(f"{code_point(character)} {_name(character)}", hidden=True))
        last = index + 1
    if last < len(text):
        segments.append(Segment(text[last:]))
    return segments


def look_alikes(text: str) -> tuple[str, ...]:
    """The words that mix alphabets whose letters look alike, each once, at most MOST_LOOK_ALIKES of them."""
    found: dict[str, None] = {}
    for word in _WORD.findall(text):
        if not word.isascii() and len({_script(letter) for letter in word} & _SCRIPTS) > 1:
            found[word] = None
    return tuple(found)[:MOST_LOOK_ALIKES]


def kind_of(character: str) -> str | None:
    """The kind of hidden character this is, or None for one that shows."""
    code = ord(character)
    for kind, ranges in _KINDS:
        if any(code in span for span in ranges):
            return kind
    if character in _PLAIN_CONTROLS:
        return None
    category = unicodedata.category(character)
    return "control character" if category in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn"} else None


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _hidden(text: str) -> Iterator[tuple[int, str]]:
    if text.isascii() and text.isprintable():
        return
    for index, character in enumerate(text):
        if kind_of(character) is not None and not _within_emoji(text, index):
            yield index, character


def _within_emoji(text: str, index: int) -> bool:
    """A joiner or presentation selector inside an emoji draws the emoji; it hides nothing."""
    if text[index] not in "\u200d\ufe0e\ufe0f" or index == 0:
        return False
    before = text[index - 1]
    if text[index] != "\u200d":
        return unicodedata.category(before) in {"So", "Sm"} or before in "0123456789#*"
    after = text[index + 1 : index + 2]
    drawn = unicodedata.category(before) in {"So", "Sk"} or before == "\ufe0f"
    return drawn and bool(after) and unicodedata.category(after) == "So"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]


def _name(character: str) -> str:
    if 0xE0020 <= ord(character) < 0xE007F:
        return f"tag {chr(ord(character) - 0xE0000)!r}"
    return unicodedata.name(character, "no name").lower()
