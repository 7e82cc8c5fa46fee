"""The files of an export as a verifier reads them: each once, a line at a time. Pure: standard library.

Here too: the newest version of every row, held against the rows as they stand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

# What a version says besides the record's own columns.
_OF_THE_VERSION = {"history_id", "history_date", "history_type", "history_change_reason", "history_user_id"}
_OF_THE_VERSION |= {"event_id", "actor_name", "xid"}


_decode = json.JSONDecoder().raw_decode


class Broken(Exception):
    """The first thing that does not hold. The message names the record."""


class File:
    """A file of the export, read once: its digest grows while its lines are."""

    def __init__(self, path: Path) -> None:
        self.path, self.digest, self.read = path, sha256(), False

    def objects(self, name: Callable[[], str]) -> Iterator[dict[str, Any]]:
        """The JSON object on each line; `name()` says where we are, should one not be readable."""
        self.read = True
        with self.path.open("rb") as file:
            for line in file:
                self.digest.update(line)
                try:
                    found = decoded(line.decode())
                except ValueError:
                    raise Broken(f"{name()}: it cannot be read.") from None
                if type(found) is not dict:
                    raise Broken(f"{name()}: it cannot be read.")
                yield found

    def whole_digest(self) -> str:
        """The digest of the file, all of which was read meanwhile; of one that nobody reads, from here."""
        if not self.read:
            with self.path.open("rb") as file:
                while block := file.read(1 << 20):
                    self.digest.update(block)
        return self.digest.hexdigest()


def decoded(text: str) -> Any:
    """What a JSON text says, as json.loads does, without its look for spaces around it. ValueError: it is none."""
    found, end = _decode(text)
    if text[end:] not in ("", "\n"):
        raise ValueError("There is more in the line than one object.")
    return found


def file_of(files: dict[str, File], name: str) -> File:
    if name not in files:
        raise Broken(f"manifest.json: it does not name {name}.")
    return files[name]


def json_object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Broken(f"{name}: it cannot be read.") from None
    if not isinstance(found, dict):
        raise Broken(f"{name}: it cannot be read.")
    return found


class Newest:
    """The newest version of every row, kept on disk so that any number of rows can be held."""

    def __init__(self, tables: dict[str, dict[str, str]]) -> None:
        self.tables = tables
        self.by_history = {table["history"]: (live, table["key"]) for live, table in tables.items()}
        self.waiting: dict[tuple[str, str], tuple[int, bool, str]] = {}

    def __enter__(self) -> Newest:
        self.store = sqlite3.connect("")  # a temporary file
        self.store.execute("pragma synchronous = off")
        self.store.execute(
            "create table newest (live text, key text, version integer, gone integer, record text,"
            " primary key (live, key)) without rowid"
        )
        return self

    def __exit__(self, *error: object) -> None:
        self.store.close()

    def note(self, table: str, record: dict[str, Any], text: str) -> None:
        """A version of a row; the newest one so far counts."""
        live, key = self.by_history[table]
        place, number = (live, str(record[key])), record["history_id"]
        if place not in self.waiting or self.waiting[place][0] < number:
            self.waiting[place] = (number, record["history_type"] == "-", text)
            if len(self.waiting) >= 5_000:
                self._write()

    def _write(self) -> None:
        self.store.executemany(
            "insert into newest values (?, ?, ?, ?, ?) on conflict do update set version = excluded.version,"
            " gone = excluded.gone, record = excluded.record where excluded.version > version",
            ((*place, *version) for place, version in sorted(self.waiting.items())),
        )
        self.waiting.clear()

    def hold_against(self, files: dict[str, File]) -> int:
        """Every live row equals its newest version, and every row that should live does. How many there are."""
        self._write()
        total = 0
        for live in self.tables:
            total += self._hold_table(file_of(files, f"rows/{live}.jsonl"), live)
        left = self.store.execute("select live, key from newest where gone = 0 limit 1").fetchone()
        if left is not None:
            raise Broken(f"row {left[1]} of {left[0]}: its newest version says that it exists; it does not.")
        return total

    def _hold_table(self, file: File, live: str) -> int:
        count = 0
        for row in file.objects(lambda: f"rows/{live}.jsonl"):
            name = f"row {row.get(self.tables[live]['key'])} of {live}"
            found = self.store.execute(
                "delete from newest where live = ? and key = ? returning gone, record",
                (live, str(row.get(self.tables[live]["key"]))),
            ).fetchone()
            if found is None or found[0]:
                raise Broken(f"{name}: no version says that it exists.")
            version = json.loads(found[1])
            told = {key: value for key, value in version.items() if key in row or key not in _OF_THE_VERSION}
            if {key: told.get(key) for key in row} != row or set(told) - set(row):
                raise Broken(f"{name}: it differs from its newest version, {version['history_id']}.")
            count += 1
        return count
