"""Where the links of a Markdown text go, and what about them asks for a look.

What lives here: reading links as the renderer would (nothing is ever opened). What does not: rendering, and
hidden characters (`inspection`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

SHOWN_SCHEMES = frozenset({"http", "https", "mailto"})
SHORTENERS = frozenset(
    {
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "s.id",
        "shorturl.at",
    }
    | {"t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd"}
)

_PARSER = MarkdownIt("commonmark", {"html": False})
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\[\]()\"']+", re.IGNORECASE)
_PLAIN_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_NAMED_HOST = re.compile(r"(?:^|[\s/@(])((?:[\w-]+\.)+[^\W\d_]{2,})(?=$|[\s/:)?#,.;])", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """One address in a text. `kind`: link, image, or bare (written out and not made a link). `findings` are
    sentences.
    """

    words: str
    target: str
    kind: str = "link"
    findings: tuple[str, ...] = ()


def links_of(text: str) -> tuple[Link, ...]:
    """Every link, picture and written-out address, in reading order."""
    return tuple(link for block in _PARSER.parse(text) for link in _inline(block.children or []))


def paragraphs(text: str) -> list[str]:
    """The words of each paragraph, without marks, link targets and pictures."""
    words = []
    for block in _PARSER.parse(text):
        if block.type == "inline":
            kept = (token.content or " " for token in block.children or [] if token.type != "image")
            words.append(" ".join("".join(kept).split()))
    return words


def _inline(tokens: Sequence[Token]) -> Iterator[Link]:
    target: str | None = None
    words = ""
    for token in tokens:
        if token.type == "link_open":
            target, words = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close" and target is not None:
            yield Link(words.strip(), target, "link", tuple(_findings(words, target)))
            target = None
        elif token.type == "image":
            source = str(token.attrGet("src") or "")
            yield Link(
                token.content,
                source,
                "image",
                ("A picture from elsewhere: readers are shown its words only.",),
            )
        elif target is not None:
            words += token.content
        elif token.type in {"text", "code_inline"}:
            for address in _ADDRESS.findall(token.content):
                bare = address.rstrip(".,;:!?")
                yield Link(
                    bare,
                    bare,
                    "bare",
                    tuple(_findings("", bare if "//" in bare else f"http://{bare}", bare=True)),
                )


def _findings(words: str, target: str, *, bare: bool = False) -> Iterator[str]:
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        yield "The target cannot be read as an address."
        return
    if parts.scheme not in SHOWN_SCHEMES:
        yield "Readers are not given this kind of address as a link."
        return
    if parts.scheme == "mailto":
        host = target.rpartition("@")[2].partition("?")[0].lower()
    if not bare and not words.strip():
        yield "A link without words: nobody can see that it is there."
    named = _named_hosts(words)
    if named and host not in named:
        yield f"Words and target do not match: the words name {min(named)}, the target is {host}."
    yield from _about_host(host, user=parts.username if parts.scheme != "mailto" else None)


def _about_host(host: str, *, user: str | None) -> Iterator[str]:
    if user is not None:
        yield f"What stands before the @ is not where it goes: it goes to {host}."
    if host in SHORTENERS:
        yield "A shortened address: where it leads cannot be seen."
    if host.startswith("xn--") or ".xn--" in host or not host.isascii():
        yield "The host is written with letters of another alphabet."
    if _is_number(host):
        yield "A number instead of a name."
    elif host.isascii() and not _PLAIN_HOST.fullmatch(host):
        yield "The target cannot be read as an address."


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _named_hosts(words: str) -> set[str]:
    """The hosts the visible words name, if they name any."""
    return {host.lower().removeprefix("www.") for host in _NAMED_HOST.findall(words)}
