"""Tags that draw: `{% timeline %}`, `{% tally %}`, `{% interview_grid %}`; geometry is in config.drawing and .roll.

Each renders a component with its table, from plain data: objects or dictionaries with the named attributes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template

from config import drawing, labels, roll, vocabulary
from core import clock
from core.names import initials

register = template.Library()
VOTES = ("approve", "reject", "abstain", "hold", "silent", "recused", "departed")


def _get(item: Any, name: str, default: Any = None) -> Any:
    if isinstance(item, Mapping):
        return item.get(name, default)
    return getattr(item, name, default)


def _key(value: Any) -> str:
    return str(getattr(value, "value", value) or "")


@register.inclusion_tag("components/timeline.html")
def timeline(
    rows: Iterable[Any],
    today: date | None = None,
    caption: str = "Dates, each with its source",
    days: str = "True on",
    sources: str = "Source",
) -> dict[str, Any]:
    """`{% timeline rows today=today caption="…" %}`, rows in the order of the table.

    A row: day, label; optional short (the label in the drawing),
    sign (a stage, or "floor"), note (after the day in the drawing), known (date or
    instant), source, source_url, drawn (False: in the table only, as for a date that another one contradicts).
    `days` and `sources` name the table's columns of the day and of what it rests on.
    """
    listed = list(rows)
    today = today or clock.today()
    marks, lines = [], []
    for row in listed:
        sign = _key(_get(row, "sign")) or "open"
        word = vocabulary.word_of(sign)
        day = _get(row, "day")
        name, _, value = str(_get(row, "label")).partition(": ")
        lines.append(
            {
                "day": day,
                "label": _get(row, "label"),
                "name": name,  # of what the label says, set off from what it says of it
                "value": value,
                "note": _get(row, "note", ""),
                "word": word,
                "floor": sign == "floor",
                "known": _get(row, "known"),
                "source": _get(row, "source", ""),
                "url": _get(row, "source_url", ""),
            }
        )
        if day is not None and _get(row, "drawn", True):
            marks.append(
                labels.Mark(
                    day,
                    str(_get(row, "short") or _get(row, "label")),
                    word.symbol,
                    sign == "floor",
                    str(_get(row, "note", "") or ""),
                )
            )
    return {
        "drawing": drawing.timeline(marks, today) if marks else None,
        "lines": lines,
        "caption": caption,
        "known": any(line["known"] for line in lines),
        "sources": sources if any(line["source"] for line in lines) else "",
        "days": days,
    }


@register.inclusion_tag("components/tally.html")
def tally(
    electors: Iterable[Any],
    needed: int | None = None,
    sentence: str = "",
    secret_until: datetime | None = None,
    table: bool = True,
) -> dict[str, Any]:
    """`{% tally electors needed=5 sentence="Five of nine have voted." %}`, electors in roll order.

    An elector: name; position ("approve", "reject", "abstain", "hold", "silent", "recused", "departed", or
    None); optional role, you, recorded (instant), reason. With `secret_until` no mark and no count is
    shown, whatever is passed.
    """
    cells = []
    for elector in electors:
        position = "silent" if secret_until else _key(_get(elector, "position")) or "silent"
        cells.append(
            {
                "name": str(_get(elector, "name")),
                "role": _get(elector, "role", ""),
                "you": bool(_get(elector, "you", False)),
                "initials": initials(str(_get(elector, "name"))),
                "word": vocabulary.word_of(position),
                "recorded": None if secret_until else _get(elector, "recorded"),
                "reason": "" if secret_until else _get(elector, "reason", ""),
            }
        )
    counts = Counter(cell["word"].kind for cell in cells)
    eligible = len(cells) - counts["recused"] - counts["departed"]
    measure = None
    if needed is not None and not secret_until:
        measure = roll.measure(roll=len(cells), eligible=eligible, approve=counts["approve"], needed=needed)
    return {
        "cells": cells,
        "many": len(cells) > roll.MANY,
        "crowd": len(cells) > roll.CROWD,
        "key": [
            (vocabulary.SIGNS[vote], counts[vote]) for vote in VOTES if counts[vote] and not secret_until
        ],
        "measure": measure,
        "approve": counts["approve"],
        "needed": needed,
        "sentence": sentence,
        "secret_until": secret_until,
        "table": table,
        "recorded": any(cell["recorded"] for cell in cells),
    }


@register.inclusion_tag("components/grid.html")
def interview_grid(
    rows: Iterable[Any], caption: str = "One square for each session", heading: str = "Framing"
) -> dict[str, Any]:
    """`{% interview_grid rows %}`: rows of label and cells; a cell: outcome, optional url, name, current.

    A row may carry `total`, a few words after its squares. The key names the outcomes that occur.
    """
    lines = []
    seen: dict[str, vocabulary.Word] = {}
    for row in rows:
        cells = []
        for number, cell in enumerate(_get(row, "cells"), start=1):
            word = vocabulary.OUTCOMES.get(_key(_get(cell, "outcome"))) or vocabulary.word_of(
                _get(cell, "outcome")
            )
            seen.setdefault(word.symbol, word)
            cells.append(
                {
                    "word": word,
                    "url": _get(cell, "url", ""),
                    "current": _get(cell, "current", False),
                    "name": _get(cell, "name") or f"Session {number}",
                }
            )
        lines.append({"label": _get(row, "label"), "cells": cells, "total": _get(row, "total", "")})
    width = max((len(line["cells"]) for line in lines), default=0)
    return {
        "lines": lines,
        "numbers": range(1, width + 1),
        "caption": caption,
        "heading": heading,
        "key": list(seen.values()),
        "totals": any(line["total"] for line in lines),
    }
