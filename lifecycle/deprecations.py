"""Read deprecations.info JSON of any of its three schemas into rows of facts. Pure; no row is fatal.

Not here: what is already known and what changed (`commands/imports.py`), the URL or file it came from
(`copies.py`). A copy that is no JSON list raises `Unreadable`; a row that cannot be read is a `Rejected`
with its reason; a row that reads oddly is a `Row` with flags.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from core.digests import sha256_hex

LONGEST = MappingProxyType({"provider": 100, "model_id": 200, "url": 2000, "replacement": 200, "date": 200})
MOST_REPLACEMENTS = 20
LARGEST_ROW = 64 * 1024
MOST_ROWS = 20_000
YEARS = range(2015, 2101)

PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        "openai": "OpenAI",
        "anthropic": "Anthropic",
        "google": "Google",
        "google ai": "Google",
        "gemini": "Google",
        "google vertex": "Google Vertex",
        "google vertex ai": "Google Vertex",
        "vertex ai": "Google Vertex",
        "aws bedrock": "AWS Bedrock",
        "amazon bedrock": "AWS Bedrock",
        "bedrock": "AWS Bedrock",
        "azure": "Azure",
        "azure openai": "Azure",
        "microsoft foundry": "Azure",
        "cohere": "Cohere",
        "groq": "Groq",
        "xai": "xAI",
        "x.ai": "xAI",
    }
)
RESELLERS = frozenset({"AWS Bedrock", "Azure", "Google Vertex", "Groq"})
"""Platforms that offer other makers' models: a row of theirs with a maker's own id is that maker's model."""


class Schema(StrEnum):
    """Named by the month it was first seen. Announced dates compare only within one."""

    TITLED = "2025-08"
    NAMED = "2026-03"
    DATED = "2026-05"


class Flag(StrEnum):
    """What reads oddly and is kept."""

    MISSING_REPLACEMENT = "missing_replacement"
    ANNOUNCED_AFTER_SHUTDOWN = "announced_after_shutdown"
    DATES_EQUAL = "dates_equal"
    SEVERAL_PLATFORMS = "several_platforms"
    NAME_FROM_TITLE = "name_from_title"


@dataclass(frozen=True)
class Row:
    """One readable notice. `replacements` None: the schema has no such column; (): the source names none."""

    index: int
    provider: str
    model_id: str
    announced: date | None
    shutdown: date | None
    replacements: tuple[str, ...] | None
    url: str
    raw: str
    flags: frozenset[Flag] = frozenset()

    @property
    def identity(self) -> tuple[str, str]:
        return self.provider, self.model_id

    @property
    def digest(self) -> str:
        """SHA-256 of the row as captured."""
        return sha256_hex(self.raw)


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be read, kept as it came. `identity`: what it seems to be about, if that can be read.

    A notice whose row became unreadable is not a notice that is gone.
    """

    index: int
    reason: str
    raw: str
    identity: tuple[str, str] | None = None

    @property
    def digest(self) -> str:
        return sha256_hex(self.raw)


@dataclass(frozen=True)
class Copy:
    """One copy of the source, read."""

    schema: Schema
    digest: str
    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    flagged: Counter[Flag] = field(default_factory=Counter, compare=False)

    @property
    def size(self) -> int:
        return len(self.rows) + len(self.rejected)


class Unreadable(ValueError):
    """The copy as a whole cannot be read; the message is a sentence."""


class _Reject(ValueError):
    """Why one row cannot be read."""


def read(data: bytes) -> Copy:
    """Read a copy. Raises Unreadable when it is not a JSON list."""
    entries = _entries(data)
    schema = _schema(entries)
    rows: list[Row] = []
    rejected: list[Rejected] = []
    seen: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(entries):
        raw = json.dumps(entry, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        try:
            row = _row(index, entry, schema, raw)
            if row.identity in seen:
                first = seen[row.identity] + 1
                raise _Reject(f"Row {first} already speaks of {row.model_id} at {row.provider}.")
        except _Reject as reason:
            rejected.append(Rejected(index, str(reason), raw[:LARGEST_ROW], _seeming_identity(entry, schema)))
            continue
        seen[row.identity] = index
        rows.append(row)
    flagged = _with_platform_flags(rows)
    counts = Counter(flag for row in flagged for flag in row.flags)
    return Copy(schema, sha256_hex(data), tuple(flagged), tuple(rejected), counts)


def _entries(data: bytes) -> list[Any]:
    try:
        entries = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable("This is not JSON. Give the raw list of deprecations.info.") from error
    if not isinstance(entries, list):
        raise Unreadable("This JSON is not a list of notices. Give the raw list of deprecations.info.")
    if not entries:
        raise Unreadable("This list is empty. Nothing was read, so that no notice is taken for withdrawn.")
    if len(entries) > MOST_ROWS:
        raise Unreadable(f"This list has {len(entries)} rows; at most {MOST_ROWS} are read at once.")
    return entries


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _schema(entries: Sequence[Any]) -> Schema:
    keys = Counter(key for entry in entries if isinstance(entry, dict) for key in entry)
    if keys["deprecation_date"]:
        return Schema.DATED
    return Schema.NAMED if keys["model_id"] >= keys["title"] else Schema.TITLED


def _row(index: int, entry: Any, schema: Schema, raw: str) -> Row:
    if not isinstance(entry, dict):
        raise _Reject(f"The row is a {type(entry).__name__}, not an object.")
    if len(raw) > LARGEST_ROW:
        raise _Reject(f"The row has {len(raw)} characters; at most {LARGEST_ROW} are read.")
    name_key = "title" if schema is Schema.TITLED else "model_id"
    announced_key = "deprecation_date" if schema is Schema.DATED else "announcement_date"
    missing = [key for key in ("provider", name_key, announced_key, "shutdown_date") if key not in entry]
    if missing:
        raise _Reject(f"The row has no {' and no '.join(missing)}.")
    provider, name = _identity(entry, schema)
    flags = {Flag.NAME_FROM_TITLE} if schema is Schema.TITLED else set()
    announced = _date(entry, announced_key)
    shutdown = _date(entry, "shutdown_date")
    replacements = None if schema is Schema.TITLED else _replacements(entry)
    if replacements == ():
        flags.add(Flag.MISSING_REPLACEMENT)
    if announced and shutdown and announced > shutdown:
        flags.add(Flag.ANNOUNCED_AFTER_SHUTDOWN)
    if announced and announced == shutdown:
        flags.add(Flag.DATES_EQUAL)
    url = _url(entry)
    return Row(index, provider, name, announced, shutdown, replacements, url, raw, frozenset(flags))


def _identity(entry: Mapping[str, Any], schema: Schema) -> tuple[str, str]:
    provider = _text(entry, "provider", LONGEST["provider"])
    name = _text(entry, "title" if schema is Schema.TITLED else "model_id", LONGEST["model_id"])
    return PROVIDERS.get(provider.lower(), provider), _without_prefix(
        name
    ) if schema is Schema.TITLED else name


def _seeming_identity(entry: Any, schema: Schema) -> tuple[str, str] | None:
    try:
        return _identity(entry, schema)
    except (_Reject, LookupError, TypeError):
        return None


def _text(entry: Mapping[str, Any], key: str, longest: int) -> str:
    value = entry[key]
    if not isinstance(value, str):
        raise _Reject(f"{key} is a {type(value).__name__}, not text.")
    text = " ".join(value.split())
    if not text:
        raise _Reject(f"{key} is empty.")
    if len(text) > longest:
        raise _Reject(f"{key} has {len(text)} characters; at most {longest} are read.")
    if not text.isprintable():
        raise _Reject(f"{key} holds characters that cannot be shown.")
    return text


def _without_prefix(title: str) -> str:
    """A title of 2025 without its `Provider: `; the prefix may be another alias than `provider`."""
    prefix, colon, rest = title.partition(": ")
    return rest if colon and rest and prefix.lower() in PROVIDERS else title


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONG = re.compile(r"([A-Z][a-z]+) (\d{1,2})(?:st|nd|rd|th)?, (\d{4})(?: \([^()]{1,120}\))?", re.ASCII)


def _date(entry: Mapping[str, Any], key: str) -> date | None:
    """A day, or None for an empty cell. `October 4, 2024 (only in us-east-1)` is read as its day."""
    value = entry[key]
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _Reject(f"{key} is a {type(value).__name__}, not a date.")
    text = " ".join(value[: LONGEST["date"] + 1].split())
    try:
        if _ISO.fullmatch(text):
            day = date.fromisoformat(text)
        elif long := _LONG.fullmatch(text):
            day = datetime.strptime(" ".join(long.groups()), "%B %d %Y").date()  # noqa: DTZ007  a day has no zone
        else:
            raise ValueError(text)
    except ValueError:
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        raise _Reject(f"{key} cannot be read as a date: “{shown}”.") from None
    if day.year not in YEARS:
        raise _Reject(f"{key} is in the year {day.year}; dates from {YEARS[0]} to {YEARS[-1]} are read.")
    return day


def _replacements(entry: Mapping[str, Any]) -> tuple[str, ...]:
    value = entry.get("replacement_models")
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _Reject(f"replacement_models is a {type(value).__name__}, not a list.")
    if len(value) > MOST_REPLACEMENTS:
        raise _Reject(f"replacement_models has {len(value)} entries; at most {MOST_REPLACEMENTS} are read.")
    named = [{"replacement_models": each} for each in value]
    return tuple(_text(each, "replacement_models", LONGEST["replacement"]) for each in named)


def _url(entry: Mapping[str, Any]) -> str:
    """The address of the notice when it is a plain http(s) one, else nothing: it is shown as a link."""
    value = entry.get("url")
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise _Reject(f"url is a {type(value).__name__}, not text.")
    usable = (
        len(value) <= LONGEST["url"] and value.isprintable() and value.startswith(("https://", "http://"))
    )
    return value if usable else ""


def _with_platform_flags(rows: Sequence[Row]) -> list[Row]:
    platforms = Counter(row.model_id for row in rows)
    return [
        replace(row, flags=row.flags | {Flag.SEVERAL_PLATFORMS}) if platforms[row.model_id] > 1 else row
        for row in rows
    ]
