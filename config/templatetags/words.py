"""Filters every template may load: instants, days, digests, words for values, a model's text as safe HTML.

Thin over `config.vocabulary` and `config.markup`. Drawings are in `config.templatetags.drawings`.
"""

from datetime import UTC, date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from config import markup, vocabulary
from core import clock
from core.search import words_of
from mail import rendering

register = template.Library()


@register.filter
def moment(instant: date | None, form: str = "") -> str:
    """`{{ ballot.closes_at|moment }}`: a time element, "Thu 26 Nov 2026, 17:00 UTC".

    Forms: "" in full; "short" without the weekday; "seconds" to the second. A script of ours adds the
    reader's own zone. None gives an empty string.
    """
    if not isinstance(instant, datetime):
        return day(instant, form) if isinstance(instant, date) else ""
    text = vocabulary.moment_text(instant, weekday=form != "short", seconds=form == "seconds")
    stamp = instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    # Digits and words of ours: a page of a hundred moments has nothing to escape in them.
    return mark_safe(f'<time class="moment" datetime="{stamp}" data-form="{form}">{text}</time>')


@register.filter
def day(value: date | str | None, form: str = "") -> str:
    """`{{ case.retires_on|day }}`: "Thu 26 Nov 2026"; with "short", for tables, "26 Nov 2026".

    A document's day is text ("2026-11-26"); one that is not a day says nothing.
    """
    if isinstance(value, str):
        value = _day_of(value)
    if not isinstance(value, date):
        return ""
    text = vocabulary.day_text(value, weekday=form != "short")
    stamp = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', stamp.isoformat(), text)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@register.filter
def days(count: int | None) -> str:
    """`{{ 52|days }}`: "52 days from now"; 0 is today, negative numbers are past."""
    return "" if count is None else vocabulary.days_text(int(count))


@register.filter
def until(at: date | None) -> str:
    """`{{ item.due|until }}`: "in 2 days", "today", "4 days overdue"."""
    return "" if at is None else vocabulary.until_text(at, clock.now())


@register.filter
def shortened(text: object, length: int) -> str:
    """`{{ event.reason|shortened:140 }}`: at most so many characters, the last an ellipsis where some are left out.

    Django's truncatechars in an instant: it normalises every text first, and most are short enough.
    """
    told = str(text)
    return told if len(told) <= length else f"{told[: length - 1].rstrip()}…"


@register.filter
def marked(text: object, words: str) -> SafeString:
    """Text with the words that were looked for, or nearly those, in <mark>; everything is escaped."""
    return markup.marked(str(text), words_of(words))


@register.filter
def digest(value: str | None, form: str = "") -> str:
    """`{{ dossier.digest|digest }}`: the first sixteen characters in mono, the whole as title; "full" shows all."""
    if not value:
        return ""
    text = vocabulary.digest_groups(str(value), length=None if form == "full" else 16)
    return format_html('<span class="digest" title="sha256 {}">{}</span>', value, text)


@register.filter
def word(value: object) -> vocabulary.Word:
    """`{% with w=stage|word %}`: symbol, name, gloss and kind of any stage, sign or outcome."""
    return vocabulary.word_of(value)


@register.filter
def stage_name(stage: object) -> str:
    """ "Deprecated"."""
    return vocabulary.word_of(stage).name


@register.filter
def stage_gloss(stage: object) -> str:
    """ "Still answers; its end has been announced."."""
    return vocabulary.word_of(stage).gloss


@register.filter
def result_gloss(result: object) -> str:
    """ "Carried (approved)"."""
    return vocabulary.result_gloss(result)


@register.filter
def markdown(text: str | None, top_heading: int = 2) -> SafeString:
    """A model's text as safe HTML; headings start at h2 unless told otherwise."""
    return mark_safe(markup.rendered(text or "", top_heading=top_heading))  # nh3 cleaned it


@register.filter
def plainly(text: str | None) -> str:
    """A model's text word for word; invisible and reordering characters are written out as "[U+202E]"."""
    return markup.plainly(text or "")


@register.filter
def unwrapped(text: str | None) -> str:
    """A mail's text with one line to a paragraph: `{{ text|unwrapped|urlize }}`."""
    return rendering.unwrapped(text or "")


@register.filter
def spoken(name: str) -> str:
    """A field's name as words: `due_on` is "Due on"."""
    words = str(name).replace("_", " ")
    return words[:1].upper() + words[1:]


@register.filter
def recorded(value: object) -> str:
    """A recorded value for a reader: `{{ change.after|recorded }}`."""
    return vocabulary.value_text(value)
