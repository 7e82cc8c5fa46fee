"""Pages that show what can be redacted, one module per app, each with `SHOWN: dict[str, Shown]`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast

Made = tuple[Any, str]


@dataclass(frozen=True)
class Shown:
    """A page that shows some fields of a kind of record, and who reads it ("" is the public)."""

    kind: str
    make: Callable[[Cast], Made]
    columns: tuple[str, ...]
    reader: str
    confirmer: str = "secretary"
