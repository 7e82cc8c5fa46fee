"""How every list is paged: by key, never by counting rows off; the address holds the filters and the page.

A cursor is "<" or ">" and the key of a row, its parts as JSON: `<17`, `>"Wren","0b5f…"`. It stands in the address
line, so anybody may write one: what cannot be read is the first page, and what lies beyond an end is the page there.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row")
Shown = TypeVar("Shown")
Stored = TypeVar("Stored", bound=Model)
Key = tuple[Any, ...]
Order = tuple[str, ...]
Parts = list[QuerySet[Any]]

LONGEST = 2000  # characters of a cursor
SIZE = 25  # rows of a page, where a list has no reason to be shorter or longer


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list. `newer` and `older` are the cursors of the pages before and after it, or "".

    `first` and `total` count rows from 1, where the whole list was at hand; else 0. `name` is the list's own
    parameter in the address, for pages with several lists.
    """

    rows: list[Row]
    newer: str
    older: str
    asked: QueryDict
    name: str = "cursor"
    first: int = 0
    total: int = 0

    def showing(self, rows: list[Shown]) -> "Page[Shown]":
        """The same page with its rows put another way, one for one."""
        return Page(rows, self.newer, self.older, self.asked, self.name, self.first, self.total)

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def newer_url(self) -> str:
        return self._url(self.newer)

    @property
    def older_url(self) -> str:
        return self._url(self.older)

    def _url(self, cursor: str) -> str:
        """The same address with this list turned; filters and other lists stay as they are."""
        query = self.asked.copy()
        query[self.name] = cursor
        return f"?{query.urlencode()}"


def page_by_key(
    rows: QuerySet[Stored] | Sequence[QuerySet[Stored]],
    asked: QueryDict,
    *,
    by: str | Sequence[str] = "-number",
    size: int = SIZE,
    name: str = "cursor",
) -> Page[Stored]:
    """A page of `rows` in the order of `by`: fields or annotations that are never null, "-" for descending.

    Together they must tell any two rows apart. `asked` is the query string (`request.GET`). One query; a second
    one where the cursor lies beyond an end of the list, or less than a page from its beginning. Several querysets
    are read as one, each by its own index and what is in two of them once; there all of `by` falls, or all rises.
    A list that is looked at often has its first page written once (core.listing).
    """
    parts = [rows] if isinstance(rows, QuerySet) else list(rows)
    order = (by,) if isinstance(by, str) else tuple(by)
    upwards, mark = _mark(asked.get(name, ""))
    key = _stored_key(parts[0], order, mark)
    if key is None:
        return _downwards(parts, asked, order, size, name, key)
    if not upwards:
        page = _downwards(parts, asked, order, size, name, key)
        return page if page.rows else _upwards(parts, asked, order, size, name, None)
    page = _upwards(parts, asked, order, size, name, key)
    # Less than a page is left above: the first page, whole.
    return page if len(page.rows) == size else _downwards(parts, asked, order, size, name, None)


def first_of(
    found: list[Row], asked: QueryDict, *, by: Order, size: int = SIZE, name: str = "cursor"
) -> Page[Row]:
    """The first page of a list, where its rows and one more were found already."""
    return _down(found, asked, by, size, name, None)


def page_of(
    rows: Sequence[Row],
    asked: QueryDict,
    *,
    key: Callable[[Row], Key],
    size: int = SIZE,
    name: str = "cursor",
) -> Page[Row]:
    """A page of a list that had to be put together whole, in the order of `key`: text and numbers, all different."""
    ordered = sorted(rows, key=key)
    keys = [key(row) for row in ordered]
    upwards, mark = _mark(asked.get(name, ""))
    try:
        start = bisect_left(keys, mark) - size if upwards else bisect_right(keys, mark)
    except TypeError:  # its parts are of other kinds than the key's
        start = 0
    if start >= len(keys):
        start = len(keys) - size
    start = max(start, 0)
    end = min(start + size, len(keys))
    newer = _cursor(">", keys[start]) if start else ""
    older = _cursor("<", keys[end - 1]) if end < len(keys) else ""
    return Page(ordered[start:end], newer, older, asked, name, first=start + 1, total=len(keys))


def _downwards(
    parts: Parts, asked: QueryDict, order: Order, size: int, name: str, key: Key | None
) -> Page[Any]:
    """What follows the key, or the first page."""
    return _down(_next(parts, order, key, size + 1), asked, order, size, name, key)


def _down(
    found: list[Any], asked: QueryDict, order: Order, size: int, name: str, key: Key | None
) -> Page[Any]:
    shown = found[:size]
    newer = _cursor(">", _key_of(shown[0], order)) if shown and key is not None else ""
    older = _cursor("<", _key_of(shown[-1], order)) if len(found) > size else ""
    return Page(shown, newer, older, asked, name)


def _upwards(
    parts: Parts, asked: QueryDict, order: Order, size: int, name: str, key: Key | None
) -> Page[Any]:
    """What stands just before the key, or the last page."""
    turned = tuple(field[1:] if field.startswith("-") else f"-{field}" for field in order)
    found = _next(parts, turned, key, size + 1)
    shown = found[:size][::-1]
    newer = _cursor(">", _key_of(shown[0], order)) if len(found) > size else ""
    older = _cursor("<", _key_of(shown[-1], order)) if shown and key is not None else ""
    return Page(shown, newer, older, asked, name)


def _next(parts: Parts, order: Order, key: Key | None, count: int) -> list[Any]:
    """The first few rows after a key."""
    if len(parts) == 1:
        return list(_beyond(parts[0], order, key)[:count])
    first, *others = (_beyond(part, order, key)[:count] for part in parts)
    found = {_key_of(row, order): row for row in first.union(*others, all=True)}
    return [found[each] for each in sorted(found, reverse=order[0].startswith("-"))][:count]


def _beyond(rows: QuerySet[Any], order: Order, key: Key | None) -> QuerySet[Any]:
    """The rows after a key, in this order."""
    if key is None:
        return rows.order_by(*order)
    after, same = Q(), dict[str, Any]()
    for field, value in zip(order, key, strict=True):
        plain = field.removeprefix("-")
        after |= Q(**same, **{f"{plain}__{'lt' if field.startswith('-') else 'gt'}": value})
        same[plain] = value
    return rows.filter(after).order_by(*order)


def _key_of(row: Any, order: Order) -> Key:
    return tuple(getattr(row, field.removeprefix("-")) for field in order)


def _cursor(direction: str, key: Key) -> str:
    parts = [
        part.isoformat() if isinstance(part, date) else part if type(part) in (int, float) else str(part)
        for part in key
    ]
    return direction + json.dumps(parts, ensure_ascii=False, separators=(",", ":"))[1:-1]


def _mark(cursor: str) -> tuple[bool, Key]:
    """Whether a cursor points upwards, and the parts of its key; none where it cannot be read."""
    if cursor[:1] not in ("<", ">") or len(cursor) > LONGEST:
        return False, ()
    try:
        parts = json.loads(f"[{cursor[1:]}]")
        readable = all(type(part) in (str, int, float) and "\x00" not in str(part) for part in parts)
        "".join(map(str, parts)).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        return False, ()
    return (cursor[0] == ">", tuple(parts)) if readable else (False, ())


def _stored_key(rows: QuerySet[Any], order: Order, mark: Key) -> Key | None:
    """The parts of a cursor as values of the fields they are compared with; None where they do not fit."""
    if len(mark) != len(order):
        return None
    try:
        key = tuple(_field(rows, name).to_python(str(part)) for name, part in zip(order, mark, strict=True))
    except ValidationError:
        return None
    naive = any(isinstance(part, datetime) and part.tzinfo is None for part in key)
    return None if naive or None in key else key


def _field(rows: QuerySet[Any], name: str) -> "Field[Any, Any]":
    """What a part of the key is compared with: an annotation, or a field of the model."""
    name = name.removeprefix("-")
    meta, annotation = rows.model._meta, rows.query.annotations.get(name)
    found: Field[Any, Any] = (
        meta.pk if name == "pk" else meta.get_field(name) if annotation is None else annotation.output_field
    )
    return found
