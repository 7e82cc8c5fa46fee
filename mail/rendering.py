"""A mail as text: what is written when it is queued, and the envelope around it when it is sent. No rows here."""

import re
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine

from mail.registry import MessageKind

WIDTH = 72
#: Characters of a subject; some servers fold or cut longer ones.
LONGEST_SUBJECT = 150

# What ends a line somewhere, or cannot be seen: a name must not begin a header or a paragraph of its own.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


@lru_cache(maxsize=1)
def _engine() -> Engine:
    # Plain text: nothing is escaped for HTML here.
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], autoescape=False)


def one_line(text: str) -> str:
    """The text on one line, without controls and directions."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def written(kind: MessageKind, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail of this kind. Strings in the context are put on one line each."""
    safe = {key: one_line(value) if isinstance(value, str) else value for key, value in context.items()}
    rendered = _engine().get_template(kind.template).render(Context(safe))
    subject, _, text = rendered.strip().partition("\n")
    return one_line(subject)[:LONGEST_SUBJECT], wrapped(text)


def wrapped(text: str) -> str:
    """Paragraphs, wrapped; a line that begins with "- " is an item of a list and begins a line of its own.

    A paragraph that begins with four blanks is to be copied, and stays as it is.
    """
    paragraphs = []
    for paragraph in re.split(r"\n(?:[^\S\n]*\n)+", text.strip()):
        if paragraph.startswith("    "):
            paragraphs.append(paragraph)
            continue
        items = re.split(r"\n(?=\s*- )", paragraph)
        paragraphs.append("\n".join(_filled(item) for item in items))
    return "\n\n".join(part for part in paragraphs if part)


def unwrapped(text: str) -> str:
    """The same text with one line to a paragraph, for a page that breaks lines where its reader's screen ends.

    Two lines are joined where wrapping parted them: the second's first word had no room on the first.
    """
    lines: list[str] = []
    last = ""
    for line in text.split("\n"):
        word, _, _ = line.strip().partition(" ")
        parted = last.strip() and word and word != "-" and len(last) + 1 + len(word) > WIDTH
        if parted and not last.startswith("http"):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
        last = line
    return "\n".join(lines)


def enveloped(kind: MessageKind, *, name: str, text: str, url: str, organisation: str) -> str:
    """The whole mail as it is sent: greeting, text, the one link, and why it came."""
    parts = [f"{one_line(name)},", text]
    if url:
        parts.append(f"{kind.action}:\n{address_of(url)}")
    switch = (
        "You choose which mails you get on your desk, under your name."
        if kind.optional
        else "A mail of this kind cannot be switched off."
    )
    promise = "" if kind.secret else " A link in a mail never votes and changes nothing by itself."
    footer = [
        f"You get this because {kind.why}.{promise} {switch}",
        f"Emeritus at {organisation}" if organisation else "Emeritus",
    ]
    if settings.DEMONSTRATION:
        footer.append(settings.DEMONSTRATION)
    return "\n\n".join([*parts, "-- \n" + "\n".join(_filled(line) for line in footer)]) + "\n"


def address_of(url: str) -> str:
    """The whole address of a page of ours."""
    return url if url.startswith("http") else settings.PUBLIC_URL.rstrip("/") + url


def _filled(text: str) -> str:
    line = " ".join(text.split())
    indent = "  " if line.startswith("- ") else ""
    return textwrap.fill(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
