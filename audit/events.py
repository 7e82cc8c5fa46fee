"""The verbs of the audit's own events."""

from django.db.models import TextChoices


class Verb(TextChoices):
    KEY_ADOPTED = "audit.key.adopted"
    KEY_ROTATED = "audit.key.rotated"
    REDACTION_PROPOSED = "audit.redaction.proposed"
    REDACTION_CARRIED_OUT = "audit.redaction.carried_out"
    REDACTION_DROPPED = "audit.redaction.dropped"
    EXPORT_MADE = "audit.export.made"
    TIMELINE_EXPORTED = "audit.timeline.exported"
    PACK_MADE = "audit.pack.made"
    RECORD_READ = "audit.record.read"
    PAGE_OPENED = "audit.page.opened"
