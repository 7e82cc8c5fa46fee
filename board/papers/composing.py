"""A template's HTML as a document on paper: its blocks, its drawings, its masthead and its last lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accounts.queries import organisation
from board.pages import Cell
from core import typesetting
from core.blocks import Block, blocks_of
from core.names import initials

#: What a drawing's shapes say in words, for whoever cannot see it.
_COUNTED = ("approve", "reject", "abstain", "hold", "silent", "recused", "departed")


@dataclass(frozen=True)
class Sheet:
    """What is printed: `sort` names the kind of document, `identity` stands at the foot of every page."""

    sort: str
    title: str
    sentence: str
    identity: str
    template: str
    context: dict[str, Any]
    at: datetime
    notice: str = ""
    contents: bool = False
    drawings: list[Block] = field(default_factory=list)


def as_pdf(sheet: Sheet) -> bytes:
    """The bytes of the document; the same for the same records."""
    return typesetting.pdf(document_of(sheet), at=sheet.at)


def document_of(sheet: Sheet) -> dict[str, Any]:
    """What the typesetter reads."""
    name = organisation().name or "Emeritus"
    blocks = blocks_of(render_to_string(sheet.template, sheet.context))
    return {
        "sort": sheet.sort,
        "title": sheet.title,
        "sentence": sheet.sentence,
        "organisation": name,
        "running": f"{sheet.sort}: {_shortened(sheet.title)}",
        "identity": sheet.identity,
        "notice": sheet.notice,
        "keywords": [sheet.sort, name],
        "contents": sheet.contents,
        "blocks": list(_placed(blocks, sheet.drawings)),
    }


def tally_drawing(cells: Sequence[Cell], needed: int) -> Block:
    """One cell per elector in roll order, and the measure with its threshold."""
    counts = {each: sum(cell.position == each for cell in cells) for each in _COUNTED}
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return {
        "kind": "tally",
        "cells": [{"position": cell.position, "initials": initials(cell.name)} for cell in cells],
        "roll": len(cells),
        "eligible": len(cells) - counts["recused"] - counts["departed"],
        "approve": counts["approve"],
        "needed": needed,
        "alt": f"The tally: {said}; {needed} approvals needed.",
    }


def whole_address(path: str) -> str:
    """The whole address of a page of ours: paper has no place it is read at."""
    return settings.PUBLIC_URL.rstrip("/") + path if path.startswith("/") else path


def _placed(blocks: list[Block], drawings: list[Block]) -> Iterator[Block]:
    """The blocks with each drawing in its place and every link whole."""
    waiting = iter(drawings)
    for block in blocks:
        if block["kind"] == "drawing":
            yield from ([drawn] if (drawn := next(waiting, None)) else [])
        else:
            yield _with_whole_links(block)


def _with_whole_links(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_whole_links(each) for each in value]
    if isinstance(value, dict):
        if href := value.get("href"):
            target = whole_address(href)
            return {**{key: each for key, each in value.items() if key != "href"}, **_linked(target)}
        return {key: _with_whole_links(each) for key, each in value.items()}
    return value


def _linked(target: str) -> dict[str, str]:
    """Only what opens a page of the web is a link on paper."""
    return {"href": target} if target.startswith(("https://", "http://")) else {}


def _shortened(title: str) -> str:
    return title if len(title) <= 70 else title[:69].rstrip() + "…"
