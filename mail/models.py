"""The outbox, and what each person wants to be told. Queued rows are the queue; a broker only wakes.

Not here: how they change (commands, steps) and how a mail is handed over (sending).
"""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Person
from audit.models import TrackedModel
from mail.states import DigestRhythm, MailState


class Message(models.Model):
    """One mail to one person. Untracked: addresses are read when it is sent, texts can be blanked.

    `slot` names the occasion; an occasion reaches a person once. `subject` and `text` say what was true when it
    was queued, since a mail that waits must not tell of a later state.
    """

    number = models.BigAutoField(primary_key=True)
    mail_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.TextField()
    slot = models.TextField()
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about_type = models.TextField(blank=True, help_text="app.Model")
    about_id = models.TextField(blank=True)
    about_label = models.TextField(blank=True)
    cause = models.BigIntegerField(help_text="number of the event it was queued by")
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    url = models.TextField(blank=True, help_text="path of the one page it leads to")
    blanked = models.BooleanField(default=False)
    state = models.TextField(choices=MailState, default=MailState.QUEUED)
    tries = models.PositiveIntegerField(default=0)
    said = models.TextField(blank=True, help_text="why the last try failed")
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "mail"
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["recipient", "-number"], name="mail_by_recipient"),
            models.Index(fields=["kind", "-number"], name="mail_by_kind"),
            models.Index(fields=["state", "-number"], name="mail_by_state"),
            models.Index(fields=["not_before"], condition=Q(state=MailState.QUEUED), name="mail_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state=MailState.SENDING), name="mail_leased"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slot", "recipient"], name="an_occasion_reaches_a_person_once"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENDING)
                | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="mail_is_leased_while_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"Mail {self.number}"


class MailChoice(TrackedModel):
    """What one person wants to be told. Without a row: everything, and a digest every day."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    off = models.JSONField(default=list, help_text="kinds that are switched off")
    digest = models.TextField(choices=DigestRhythm, default=DigestRhythm.DAILY)

    class Meta:
        verbose_name = "choice of mails"
        verbose_name_plural = "choices of mails"

    def __str__(self) -> str:
        return f"Mails for {self.person}"
