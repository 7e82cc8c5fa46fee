"""Calendar entries (RFC 5545), from plain data. Text is escaped by the library; nothing is taken over as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar
from django.conf import settings

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One entry. `key` stays the same when it is moved, `moved` grows with every move; `warned`: how long before."""

    key: str
    title: str
    at: datetime
    made_at: datetime
    url: str
    text: str = ""
    moved: int = 0
    warned: timedelta | None = timedelta(days=1)


def calendar_of(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar with these entries: the same for the same, so that readers see what changed and nothing else."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Emeritus//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.key}@{_host()}")
    event.add("dtstamp", entry.made_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.moved)
    event.add("dtstart", entry.at.astimezone(UTC).replace(microsecond=0))
    event.add("dtend", entry.at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", _one_line(entry.title))
    if entry.text:
        event.add("description", entry.text)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    if entry.warned is not None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _one_line(entry.title))
        alarm.add("trigger", -entry.warned)
        event.add_component(alarm)
    return event


def _host() -> str:
    return settings.PUBLIC_URL.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"


def _one_line(text: str) -> str:
    return " ".join(text.split())
