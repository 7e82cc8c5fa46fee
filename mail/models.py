"""The outbox, what each person wants to be told, and webhooks. Queued rows are the queue; a broker only wakes.

Not here: how they change (commands, steps) and how a mail is handed over (sending).
"""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Person
from audit.models import TrackedModel
from mail.states import DeliveryState, DigestRhythm, MailState


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
    calendar = models.TextField(blank=True, help_text="a calendar entry that goes with it, as iCalendar")
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

    not_redacted = frozenset({"off"})

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    off = models.JSONField(default=list, help_text="kinds that are switched off")
    digest = models.TextField(choices=DigestRhythm, default=DigestRhythm.DAILY)

    class Meta:
        verbose_name = "choice of mails"
        verbose_name_plural = "choices of mails"

    def __str__(self) -> str:
        return f"Mails for {self.person}"


class MailboxCopy(models.Model):
    """A mail as its recipient sees it, kept by mail.backends.LocalMailbox. Local mode only."""

    number = models.BigAutoField(primary_key=True)
    address = models.TextField(db_index=True)
    subject = models.TextField()
    text = models.TextField()
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"Copy {self.number}"


class Webhook(TrackedModel):
    """Somebody's server that is told of public facts. Its secret is known by the name of a variable."""

    not_redacted = frozenset({"url", "groups", "secret_variable"})

    name = models.TextField(unique=True)
    url = models.TextField()
    groups = models.JSONField(default=list, help_text="keys of mail.registry.groups")
    secret_variable = models.TextField(help_text="name of the environment variable that holds the secret")
    active = models.BooleanField(default=True)
    since = models.BigIntegerField(help_text="only events after this number are told")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event for one webhook, with the log of its tries. Untracked: a log of what strangers answered."""

    number = models.BigAutoField(primary_key=True)
    delivery_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event = models.BigIntegerField(null=True, help_text="number of the event; empty for a test")
    type = models.TextField(help_text="the verb")
    body = models.TextField(help_text="as it is sent")
    state = models.TextField(choices=DeliveryState, default=DeliveryState.QUEUED)
    tries = models.PositiveIntegerField(default=0)
    log = models.JSONField(default=list, help_text="per try: at, status, said, seconds")
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "delivery"
        verbose_name_plural = "deliveries"
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["webhook", "-number"], name="delivery_by_webhook"),
            models.Index(
                fields=["not_before"],
                condition=Q(state=DeliveryState.QUEUED),
                name="delivery_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="a_webhook_is_told_of_an_event_once"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.number}"


class Cursor(models.Model):
    """How far events were read for webhooks: every transaction below `xid` was. One row."""

    xid = models.BigIntegerField()
    number = models.BigIntegerField(help_text="the highest event seen; used when transaction ids begin anew")

    def __str__(self) -> str:
        return f"read below transaction {self.xid}"
