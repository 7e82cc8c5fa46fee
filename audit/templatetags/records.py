"""`{% history_of "lifecycle.Case" case.pk %}`: where a record's history is, and whether its last version is sealed;
`{% redaction_of motion %}`: that something of what is shown was redacted."""

from typing import Any

from django import template

from audit.integrity import standing_of
from audit.policies import may_browse_timeline, may_see_redactions
from audit.queries import tracked_model
from audit.redactions import BLANK, blanked_in, redactions_of

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


def _note(context: template.Context, blanked: list[tuple[str, str]]) -> dict[str, Any]:
    if not blanked:
        return {"redactions": []}
    actor = getattr(context.get("request"), "actor", None)
    found = redactions_of(blanked)
    return {
        "redactions": [redaction for key in blanked for redaction in found.get(key, [])],
        "names": actor is not None,
        "links": actor is not None and bool(may_see_redactions(actor)),
    }
