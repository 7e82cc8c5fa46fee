"""The words the screens use for what the records call otherwise: stages, votes, results, outcomes, dates.

Pure tables and functions, English only. Not here: HTML, and words that one app alone uses.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Word:
    """How one recorded value is shown: its symbol in the sprite, its word, a gloss, and the class of its sign."""

    symbol: str
    name: str
    gloss: str = ""
    kind: str = ""


STAGES = {
    "active": Word("stage-active", "Active", "In full use."),
    "legacy": Word("stage-legacy", "Legacy", "Still answers; a newer one is recommended."),
    "deprecated": Word("stage-deprecated", "Deprecated", "Still answers; its end has been announced."),
    "retired": Word("stage-retired", "Retired", "No longer answers; its weights are kept."),
    "limited": Word("stage-limited", "Limited", "Retired, and still offered to some."),
    "removed": Word("stage-removed", "Removed", "Retired, and its weights are gone."),
}

SIGNS = {
    "approve": Word("vote-approve", "Approve", kind="approve"),
    "reject": Word("vote-reject", "Reject", kind="reject"),
    "abstain": Word("vote-abstain", "Abstain", kind="abstain"),
    "hold": Word("vote-hold", "Hold", kind="hold"),
    "silent": Word("vote-silent", "No position recorded", kind="silent"),
    "recused": Word("vote-recused", "Recused", kind="recused"),
    "departed": Word("vote-departed", "Left before voting", kind="departed"),
    "verified": Word("sign-verified", "Verified", kind="verified"),
    "kept": Word("sign-verified", "Kept", kind="kept"),
    "due": Word("sign-due", "Due", kind="due"),
    "broken": Word("sign-broken", "Broken", kind="broken"),
    "failed": Word("sign-broken", "Failed", kind="failed"),
    "open": Word("sign-open", "Open", kind="open"),
    "floor": Word("sign-floor", "Not sooner than", kind="floor"),
    "met": Word("sign-met", "Met", kind="met"),
    "not_met": Word("sign-unmet", "Not met", kind="unmet"),
    "unmet": Word("sign-unmet", "Not met", kind="unmet"),
    "waived": Word("sign-waived", "Waived", kind="waived"),
    "does_not_apply": Word("sign-open", "Does not apply", kind="muted"),
    "released": Word("sign-waived", "Released by a vote", kind="waived"),
}

OUTCOMES = {
    "completed": Word("outcome-completed", "completed"),
    "refused": Word("outcome-refused", "refused"),
    "truncated": Word("outcome-truncated", "truncated"),
    "model_ended": Word("outcome-model-ended", "ended by the model"),
    "errored": Word("outcome-errored", "error"),
    "planned": Word("outcome-planned", "planned"),
    "running": Word("outcome-running", "running"),
    "skipped": Word("outcome-skipped", "skipped"),
    "invalidated": Word("outcome-invalidated", "invalidated"),
}

RESULTS = {
    "carried": "Carried (approved)",
    "not_carried": "Not carried (too few approved)",
    "tie": "Tie (lost: as many rejected as approved)",
    "held": "Held (a hold stood at the close)",
    "inquorate": "Inquorate (too few took part)",
    "lapsed": "Lapsed (too few took part)",
    "unable_to_act": "Unable to act (too few were eligible)",
    "returned": "Returned (inquorate twice)",
}


def word_of(value: object) -> Word:
    """The word of any stage, sign or outcome. An unknown value is shown as it is, with a neutral dash."""
    key = str(getattr(value, "value", value) or "")
    for table in (STAGES, SIGNS, OUTCOMES):
        if key in table:
            return table[key]
    return Word("sign-open", key.replace("_", " ").capitalize() or "Not recorded")


def result_gloss(result: object) -> str:
    """ "Carried (approved)" and its kin; an unknown result is only made readable."""
    key = str(getattr(result, "value", result) or "")
    return RESULTS.get(key, key.replace("_", " ").capitalize())


def day_text(day: date, *, weekday: bool = True) -> str:
    """ "Thu 26 Nov 2026", or "26 Nov 2026" for tables. An instant is taken in UTC."""
    return _day_text(day.astimezone(UTC).date() if isinstance(day, datetime) else day, weekday)


@lru_cache  # a list has many moments of few days
def _day_text(day: date, weekday: bool) -> str:
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def moment_text(instant: datetime, *, weekday: bool = True, seconds: bool = False) -> str:
    """ "Thu 26 Nov 2026, 17:00 UTC"."""
    instant = instant.astimezone(UTC)
    clock = instant.time().isoformat("seconds" if seconds else "minutes")
    return f"{day_text(instant, weekday=weekday)}, {clock} UTC"


def days_text(days: int) -> str:
    """A number of days from today in words: "today", "tomorrow", "52 days from now", "3 days ago"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"{days:,} days from now" if days > 0 else f"{-days:,} days ago"


def until_text(at: date, now: datetime) -> str:
    """How far off a day or an instant is: "in 2 days", "in 5 hours", "today", "4 days overdue"."""
    if isinstance(at, datetime) and timedelta(0) <= at - now < timedelta(hours=20):
        hours = round((at - now) / timedelta(hours=1))
        return "within the hour" if hours < 1 else f"in {hours} hour{'s' if hours > 1 else ''}"
    day = at.astimezone(UTC).date() if isinstance(at, datetime) else at
    count = (day - now.astimezone(UTC).date()).days
    if count < 0 or (isinstance(at, datetime) and at < now):
        return f"{-count} day{'s' if count < -1 else ''} overdue" if count < 0 else "overdue"
    return {0: "today", 1: "tomorrow"}.get(count, f"in {count} days")


def digest_groups(digest: str, *, length: int | None = 16) -> str:
    """A digest in groups of four, cut to `length` characters unless None."""
    body = digest.removeprefix("sha256:")
    shown = body if length is None else body[:length]
    groups = " ".join(shown[start : start + 4] for start in range(0, len(shown), 4))
    return groups if len(shown) == len(body) else f"{groups} …"


def value_text(value: object) -> str:
    """A recorded value as a reader would say it: days and instants in words to the last digit, truth as yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(each, (list, dict)) for each in value):
        return ", ".join(value_text(each) for each in value)
    text = str(value)
    try:
        if len(text) == len("2026-11-22"):
            return day_text(date.fromisoformat(text), weekday=False)
        instant = datetime.fromisoformat(text) if len(text) > len("2026-11-22") else None
    except ValueError:
        return text
    if instant is None or instant.tzinfo is None:
        return text
    instant = instant.astimezone(UTC)
    return f"{day_text(instant, weekday=False)}, {instant.time().isoformat()} UTC"
