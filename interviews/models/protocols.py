"""Protocols and their versions. What a document means is in interviews/protocol.py."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from interviews.states import ProtocolState


class Protocol(TrackedModel):
    """A way of interviewing that is kept over time, version by version."""

    title = models.TextField()

    def __str__(self) -> str:
        return self.title


class ProtocolVersion(TrackedModel):
    """One version: a document, frozen by someone who did not write it. The database then refuses changes."""

    not_redacted = frozenset({"document"})

    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.TextField(choices=ProtocolState, default=ProtocolState.DRAFT)
    document = models.JSONField()
    change_note = models.TextField(blank=True)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    frozen_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(null=True)
    digest = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="protocol_version_numbered_once"),
            models.CheckConstraint(
                condition=(
                    Q(state=ProtocolState.DRAFT, frozen_by=None, frozen_at=None, digest="")
                    | Q(state=ProtocolState.FROZEN, frozen_by__isnull=False, frozen_at__isnull=False)
                    & ~Q(digest="")
                ),
                name="protocol_version_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(frozen_by=None) | ~Q(frozen_by=models.F("author")),
                name="protocol_version_frozen_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.protocol.title} {self.number}"
