"""Text of AI models made safe to show: CommonMark without raw HTML, then an allow-list of plain elements.

The text is hostile until shown otherwise. It may not load anything, run anything, or hide where a link leads.
Not here: how the result looks.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset({"p", "br", "hr", "blockquote", "ul", "ol", "li", "pre"})
ELEMENTS = HEADINGS | BLOCKS | {"strong", "em", "code", "a", "span"}
SCHEMES = frozenset({"http", "https"})
TARGET_CLASS = "link-target"
# Marks that reorder, join or hide text. Shown as what they are, so that nothing is hidden from a reader.
INVISIBLE = {"Cf", "Cc", "Co", "Cs"}
NEARLY = 0.8  # how alike a word must be to be marked as what was looked for
ALLOWED_CONTROLS = {"\n", "\t", "\u00ad", "\u200d", "\u200c"}


class _Renderer(RendererHTML):
    """Writes what a link hides: its full target after its words; and an image as words, never loaded."""

    def link_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        opening = _opening(tokens, index)
        target = str(opening.attrGet("href") or "") if opening else ""
        words = "".join(token.content for token in tokens[tokens.index(opening) : index]) if opening else ""
        if not target or words.strip() == target:
            return "</a>"
        return f'</a> <span class="{TARGET_CLASS}">{escape(target)}</span>'

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        words = escape(token.content or "no description")
        source = escape(str(token.attrGet("src") or ""))
        return f'[image, not shown: {words}] <span class="{TARGET_CLASS}">{source}</span>'


def _opening(tokens: Sequence[Token], index: int) -> Token | None:
    level = 0
    for position in range(index, -1, -1):
        level += {"link_close": 1, "link_open": -1}.get(tokens[position].type, 0)
        if level == 0:
            return tokens[position]
    return None


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}, renderer_cls=_Renderer)


def plainly(text: str) -> str:
    """The text with invisible and reordering characters written out as "[U+202E]"."""
    return "".join(_shown(character) for character in text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(character: str) -> str:
    if character in ALLOWED_CONTROLS or unicodedata.category(character) not in INVISIBLE:
        return character
    return f"[U+{ord(character):04X}]"


def rendered(text: str, *, top_heading: int = 2) -> str:
    """HTML of a model's text. Headings start at `top_heading`, so that the page keeps its one h1."""
    tokens = _MARKDOWN.parse(plainly(text))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + top_heading - 1, 6)
            token.tag = f"h{level}"
    unsafe = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        unsafe,
        tags=set(ELEMENTS),
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        allowed_classes={"span": {TARGET_CLASS}},
        url_schemes=set(SCHEMES),
        link_rel="nofollow ugc noopener",
        strip_comments=True,
    )


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text, escaped, with every word that begins with, or nearly is, one of `words` in <mark>."""
    parts, looked_for = re.split(r"(\w+)", text), tuple(words)
    return mark_safe(  # each part is escaped by itself
        "".join(
            f"<mark>{escape(part)}</mark>"
            if place % 2 and _resembles(part.casefold(), looked_for)
            else escape(part)
            for place, part in enumerate(parts)
        )
    )


@lru_cache(maxsize=4096)
def _resembles(part: str, words: tuple[str, ...]) -> bool:
    """Remembered, since the same few words stand in most of what is found."""
    return any(part.startswith(word) or (len(word) > 3 and _near(part, word)) for word in words)


def _near(part: str, word: str) -> bool:
    # Lengths that differ much rule it out at once: comparing letters is dear.
    if 2 * min(len(part), len(word)) < NEARLY * (len(part) + len(word)):
        return False
    return SequenceMatcher(None, part, word).ratio() >= NEARLY
