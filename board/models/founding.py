"""The founding of an installation: what is being written, and what was proposed, confirmed or sent back."""

import uuid

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from board.states import FoundingState


class FoundingDraft(models.Model):
    """What has been typed so far, addresses included. One row; erased when the founding is confirmed."""

    only = models.BooleanField(primary_key=True, default=True)
    typed = models.JSONField(default=dict)
    salt = models.UUIDField(default=uuid.uuid4, help_text="of the digests that stand for addresses")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="founding_draft_is_the_only_one")]

    def __str__(self) -> str:
        return "Draft of the founding"


class Founding(TrackedModel):
    """One proposal to found this installation, by one person, for another to confirm."""

    not_redacted = frozenset({"proposal"})

    state = models.TextField(choices=FoundingState, default=FoundingState.PROPOSED)
    proposal = models.JSONField(help_text="board.founding.Proposal; addresses as salted digests")
    digest = models.TextField(help_text="SHA-256 of the proposal in canonical form")
    proposer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    confirmer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="why it was sent back")
    board = models.ForeignKey("board.Board", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("proposed_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="proposed"), name="founding_one_proposed"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="confirmed"), name="founding_one_confirmed"
            ),
            models.CheckConstraint(condition=~Q(proposer=F("confirmer")), name="founding_takes_two"),
            models.CheckConstraint(
                condition=Q(state="proposed", ended_at=None)
                | Q(state="confirmed", ended_at__isnull=False, board__isnull=False)
                | (Q(state="returned", ended_at__isnull=False) & ~Q(reason="")),
                name="founding_ends_as_it_says",
            ),
        ]

    def __str__(self) -> str:
        return f"Founding of {self.proposal.get('organisation', '')}"
