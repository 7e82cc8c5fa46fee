"""`{% history_of "lifecycle.Case" case.pk %}`: where a record's history is, and whether its last version is sealed;
`{% redaction_of motion %}`: that something of what is shown was redacted."""

from collections.abc import Iterator
from typing import Any

from django import template

from audit.disclosures import BLANK, Words
from audit.integrity import standing_of
from audit.models import Redaction
from audit.policies import may_browse_timeline, may_see_redactions
from audit.queries import tracked_model
from audit.redactions import blanked_in, redactions_of, redactions_of_event

register = template.Library()


@register.inclusion_tag("audit/_history_link.html", takes_context=True)
def history_of(context: template.Context, kind: str, key: object) -> dict[str, Any]:
    """For those who may read the timeline; nothing for everybody else, and then nothing is asked either."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None or not may_browse_timeline(actor):
        return {"shown": False}
    model = tracked_model(kind)
    newest = None
    if model is not None:
        versions = model.history.filter(**{str(model._meta.pk.name): key}).order_by("-history_id")
        newest = versions.values_list("event_id", flat=True).first()
    standing = standing_of([newest])[newest] if newest is not None else None
    return {"shown": True, "kind": kind, "key": key, "standing": standing}


@register.inclusion_tag("audit/_redaction_note.html", takes_context=True)
def redaction_of(context: template.Context, *rows: Any) -> dict[str, Any]:
    """Who blanked something in the records whose text stands here, when and why. Asks only where some text is blank.

    Records, and lists of them.
    """
    each = [row for one in rows if one for row in (one if isinstance(one, list | tuple) else [one])]
    return _note(context, [(row._meta.label, str(row.pk)) for row in each if blanked_in(row)])


@register.inclusion_tag("audit/_redaction_note.html", takes_context=True)
def redaction_of_text(context: template.Context, kind: str, key: object, *texts: str) -> dict[str, Any]:
    """The same where a page has texts of a record and its id, and not the record: `kind` is app.Model."""
    return _note(context, [(kind, str(key))] if BLANK in texts else [])


@register.inclusion_tag("audit/_redaction_note.html", takes_context=True)
def redaction_of_words(context: template.Context, *told: Any) -> dict[str, Any]:
    """The same for words of a document (audit.redactions.with_words): texts, and lists and dicts with such in them."""
    found = {redaction.pk: redaction for text in _words_in(list(told)) for redaction in text.redactions}
    return _told(context, list(found.values()))


@register.inclusion_tag("audit/_redaction_note.html", takes_context=True)
def redaction_of_event(context: template.Context, event: Any) -> dict[str, Any]:
    """The same for what an event repeats of its record."""
    if event is None or BLANK not in f"{event.reason} {event.target_label} {event.data}":
        return _told(context, [])
    return _told(context, redactions_of_event(event.number))


def _words_in(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words_in(each)


def _note(context: template.Context, blanked: list[tuple[str, str]]) -> dict[str, Any]:
    found = redactions_of(blanked)
    return _told(context, [redaction for key in blanked for redaction in found.get(key, [])])


def _told(context: template.Context, redactions: list[Redaction]) -> dict[str, Any]:
    if not redactions:
        return {"redactions": []}
    actor = getattr(context.get("request"), "actor", None)
    return {
        "redactions": redactions,
        "names": actor is not None,
        "links": actor is not None and bool(may_see_redactions(actor)),
    }
