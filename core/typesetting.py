"""Documents as PDF: plain data in, bytes out, by typst. The same data gives the same bytes.

What people and models wrote goes in as a JSON file that the typesetter reads; nothing is ever put into its source,
so no text can be a command to it. Not here: what a document says (blocks come from `core.blocks` and from the apps).
"""

import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from core.blocks import Block
from core.errors import Refused

#: Archival and accessible: fonts and structure inside, a language, a title, an order of reading.
STANDARDS = ["a-2a", "ua-1"]
FACES = (
    "emeritus-sans",
    "emeritus-sans-bold",
    "emeritus-serif",
    "emeritus-serif-bold",
    "emeritus-serif-italic",
)


class NoFonts(Refused):
    """The faces of documents were not cut on this installation."""

    status = 503


def missing_fonts() -> list[str]:
    """Names of the faces that are not there."""
    return [name for name in FACES if not (_folder() / f"{name}.ttf").is_file()]


def pdf(document: dict[str, Any], *, at: datetime) -> bytes:
    """A document as PDF/A-2a and PDF/UA-1, dated `at` and in all else made from its data alone.

    A character that no face of ours has is taken from the machine's fonts; where none has it, the file is an
    ordinary tagged PDF, since both standards forbid a missing character. NoFonts when the faces are missing.
    """
    data = _files(document, at)
    tries: list[tuple[bool, list[str]]] = [(False, STANDARDS), (True, STANDARDS)]
    for of_the_machine, standards in tries:
        try:
            return _compiled(data, at, of_the_machine, pdf_standards=standards, format="pdf")[0]
        except typst.TypstError as error:
            if not str(error).startswith("PDF/"):
                raise
    return _compiled(data, at, True, format="pdf")[0]


def pictures(document: dict[str, Any], *, at: datetime, ppi: int = 96) -> list[bytes]:
    """The pages of the same document as PNG, for looking at."""
    return _compiled(_files(document, at), at, False, format="png", ppi=ppi)


def _compiled(files: dict[str, bytes], at: datetime, of_the_machine: bool, **options: Any) -> list[bytes]:
    source: Any = files  # a dict of virtual files, which the library's types do not know
    compiler = typst.Compiler(input=source, font_paths=_fonts(of_the_machine), ignore_system_fonts=True)
    made = compiler.compile(timestamp=at.astimezone(UTC).replace(microsecond=0), **options)
    return made if isinstance(made, list) else [made or b""]


@lru_cache(maxsize=2)
def _fonts(of_the_machine: bool) -> typst.Fonts:
    if missing := missing_fonts():
        raise NoFonts(
            f"Documents cannot be printed here: the faces {', '.join(missing)} are missing. "
            "Whoever runs this installation makes them with `manage.py cut_fonts`."
        )
    return typst.Fonts(include_system_fonts=of_the_machine, font_paths=[str(_folder())])


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "build" / "fonts"


def _files(document: dict[str, Any], at: datetime) -> dict[str, bytes]:
    """The whole world of the compiler: nothing else can be read by it."""
    source = Path(settings.BASE_DIR) / "templates" / "print"
    said = _shown({**document, "blocks": list(_steady(document["blocks"])), "date": _date(at)})
    return {
        "main": (source / "document.typ").read_bytes(),
        "house.typ": (source / "house.typ").read_bytes(),
        "document.json": json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace"),
    }


def _date(at: datetime) -> dict[str, int]:
    at = at.astimezone(UTC)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(at, name) for name in names}


def _steady(blocks: list[Block], last: int = 1) -> Iterator[Block]:
    """Headings under the title that leave no level out, as an accessible document must."""
    for block in blocks:
        if block["kind"] == "heading":
            last = max(2, min(block["level"], last + 1))
            block = {**block, "level": last}
        yield block


def _shown(value: Any) -> Any:
    """The data with what cannot be seen, or would turn the reading around, written out as "[U+202E]"."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(map(_character, value))
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    return value


def _character(letter: str) -> str:
    if letter in "\n\t\u00ad\u200c\u200d" or unicodedata.category(letter) not in (
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
    ):
        return letter
    return f"[U+{ord(letter):04X}]"
