"""Days and instants as people type them. The browser's own calendar speaks the reader's language and sends ISO 8601.

Where it is typed as text, a day is taken when it can be read in one way only: 2026-11-26, 26.11.2026,
26 Nov 2026, 26/11/2026. 03/04/2026 is refused: here it is in April, elsewhere in March. Instants are UTC, the
label says so, and a script of ours shows the same instant in the reader's zone (static/js/local-time.js).
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

HOW = "Write the day as 2026-11-26, 26.11.2026 or 26 Nov 2026."
SLASHES = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"]
TIMES = ["T%H:%M", "T%H:%M:%S", " %H:%M", ", %H:%M", " %H:%M UTC", ", %H:%M UTC"]
INSTANTS = [day + time for day in DAYS for time in TIMES]


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class InstantInput(forms.DateTimeInput):
    """The browser's own picker for an instant in UTC."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-utc": "", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day that can be read in one way only."""

    widget = DayInput

    def __init__(self, **given: Any) -> None:
        given.setdefault("input_formats", DAYS)
        given.setdefault("error_messages", {"invalid": HOW})
        super().__init__(**given)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(_plain(value))


class InstantField(forms.DateTimeField):
    """An instant, typed in UTC; its label must say so. Gives an aware datetime in UTC."""

    widget = InstantInput

    def __init__(self, **given: Any) -> None:
        given.setdefault("input_formats", INSTANTS)
        given.setdefault("error_messages", {"invalid": f"{HOW} Then the time in UTC, as 17:00."})
        super().__init__(**given)

    def to_python(self, value: Any) -> datetime | None:
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and "/" in text:
            day, space, time = text.partition(" ")
            text = f"{_plain(day)}{space}{time}"
        read = super().to_python(text)
        return read.astimezone(UTC) if read is not None else None


def _plain(value: Any) -> Any:
    """Slashes as dots, where the day can only be a day. ValidationError where two readings are possible."""
    found = SLASHES.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return value
    day, month, year = found.groups()
    if int(day) <= 12 and int(month) <= 12 and day != month:
        raise ValidationError(f"{value} can be read as two days. {HOW}", code="ambiguous")
    return f"{day}.{month}.{year}"
