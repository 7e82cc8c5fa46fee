"""Events, and the base of every tracked record. Not here: how they are written (commands.py, history.py)."""

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from audit.history import AuditedHistory
from audit.origins import Kind
from audit.states import RedactionReason, RedactionState
from audit.wording import model_in_words

# Models of ours without history, each with the reason. A test holds this list against all models.
UNTRACKED: dict[str, str] = {
    "accounts.User": "credentials only: a password hash must never enter a history that cannot be erased",
    "accounts.Visit": "where somebody stopped reading: reading is not governance, and nobody's business",
    "board.CalendarAddress": "opens somebody's calendar to whoever knows it; known by its digest, erased when ended",
    "board.FoundingDraft": "addresses of people nobody has admitted yet; erased when the founding is confirmed",
    "audit.Event": "is itself the record: append-only, never changed",
    "mail.Cursor": "how far a reader has read; what it led to is in events",
    "mail.Delivery": "a log of what strangers' servers answered; events say that a delivery was made",
    "mail.MailboxCopy": "whole mails with their addresses, in local mode only",
    "mail.Message": "texts and links that must be erasable; events say that a mail was queued and sent",
    "audit.Leaf": "is the proof of a record: append-only, never changed",
    "audit.Node": "follows from the leaves: append-only, never changed",
    "audit.Checkpoint": "is signed: append-only, never changed",
    "audit.SigningKey": "is named by an event of its own: append-only, never changed",
    "audit.Catalogue": "says how far the catalogue is; everything in it follows from the events",
    "audit.CataloguedEntry": "follows from the events, and can be made anew from them",
    "audit.CataloguedDay": "follows from the events, and can be made anew from them",
    "audit.CataloguedActor": "follows from the events, and can be made anew from them",
}


# The app of an event, from its verb. No column of its own: an event's digest is taken over its columns.
APP_OF_VERB = Func(F("verb"), Value("."), Value(1), function="split_part", output_field=models.TextField())


class TrackedModel(models.Model):
    """The base of every model of ours: every version of a row is kept, and only a command can write one."""

    # Columns of text that are never blanked, since rules or proofs rest on them.
    not_redacted: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    history = AuditedHistory()

    class Meta:
        abstract = True


class Redaction(TrackedModel):
    """Named fields of one row, in all its versions, blanked by two people for a reason; or asked for.

    What was blanked cannot be read any more; that it was, by whom and why, stays. `versions` holds the digest each
    blanked version has now, so that nothing else of it can be changed under cover of the redaction; `copies` the same
    of what repeated it: events of the row, and versions of records that disclose it.
    """

    record_type = models.TextField(help_text="app.Model")
    row_id = models.UUIDField()
    live_table = models.TextField()
    history_table = models.TextField()
    fields = models.JSONField(help_text="columns")
    reason = models.TextField(choices=RedactionReason)
    explanation = models.TextField(help_text="without what is to be blanked: this stays")
    state = models.TextField(choices=RedactionState, default=RedactionState.PROPOSED)
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.TextField()
    proposed_at = models.DateTimeField()
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_by_name = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    versions = models.JSONField(default=dict, help_text="version number → its digest since")
    copies = models.JSONField(null=True, blank=True, help_text="table → number in it → its digest since")

    class Meta:
        ordering = ("-proposed_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by_id=models.F("proposed_by_id")),
                name="redaction_by_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RedactionState.CARRIED_OUT)
                | models.Q(confirmed_by_id__isnull=False),
                name="redaction_carried_out_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["row_id"], name="redaction_by_row")]

    def __str__(self) -> str:
        count = len(self.fields)
        return f"Redaction of {count} {'field' if count == 1 else 'fields'} of a {model_in_words(self.record_type)}"

    @property
    def left(self) -> dict[str, dict[str, str]]:
        """Of every table it reached: what was changed, by number, and the digest of what was left."""
        return {self.history_table: self.versions, **(self.copies or {})}

    @property
    def sources(self) -> set[str]:
        """The fields it blanked, as disclosures name where a text is from (audit.disclosures)."""
        return {f"{self.record_type}/{self.row_id}/{column}" for column in self.fields}


class Event(models.Model):
    """One thing that was done, or was asked for and refused. Time and transaction are the database's."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    number = models.BigAutoField(primary_key=True)
    verb = models.TextField(help_text="app.noun.verb, in the past tense")
    outcome = models.TextField(choices=Outcome, default=Outcome.DONE)
    actor_id = models.UUIDField(null=True, help_text="the person's id; empty for a process")
    actor_name = models.TextField(help_text="as it then was")
    actor_roles = models.TextField(blank=True, help_text="as they then were, separated by commas")
    on_behalf_of_id = models.UUIDField(null=True)
    on_behalf_of_name = models.TextField(blank=True)
    target_type = models.TextField(blank=True, help_text="app.Model")
    target_id = models.TextField(blank=True)
    target_label = models.TextField(blank=True, help_text="as it then was")
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    origin = models.TextField(choices=Kind)
    reference = models.TextField(blank=True, help_text="request or task id")
    caused_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="consequences", db_index=False
    )
    at = models.DateTimeField(null=True)
    xid = models.BigIntegerField(null=True)
    salt = models.UUIDField(null=True)
    # Of everything above; empty in events that are older than the seal, where it is worked out when needed.
    digest = models.BinaryField(null=True)

    class Meta:
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["xid", "number"], name="event_by_transaction"),
            models.Index(fields=["actor_id", "-number"], name="event_by_actor"),
            models.Index(fields=["target_type", "target_id", "-number"], name="event_by_target"),
            models.Index(fields=["verb", "-number"], name="event_by_verb"),
            models.Index(
                fields=["caused_by"], condition=models.Q(caused_by__isnull=False), name="event_by_cause"
            ),
            # One for each filter of the timeline, in its order.
            models.Index(APP_OF_VERB, F("number").desc(), name="event_by_app"),
            models.Index(fields=["target_type", "-number"], name="event_by_kind"),
            models.Index(fields=["origin", "-number"], name="event_by_origin"),
            models.Index(fields=["-number"], condition=Q(outcome="refused"), name="event_refused"),
            models.Index(fields=["at"], name="event_by_time"),
            models.Index(
                fields=["actor_name", "-number"], condition=Q(actor_id=None), name="event_by_process"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class SigningKey(models.Model):
    """A key that signed checkpoints, by its public half. Each but the first is signed by the one before."""

    verifier_key = models.TextField(unique=True, help_text="name+id+key, as in C2SP's signed notes")
    signature = models.BinaryField(
        null=True, help_text="of the key before this one, over audit.notes.succession"
    )
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.verifier_key


class Leaf(models.Model):
    """The place of one event in the Merkle tree of the seal."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="leaf", db_constraint=False)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Node(models.Model):
    """The root of a perfect subtree of 2**level leaves, kept at some levels so that a proof is read, not computed."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField(help_text="among the nodes of its level")
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_node_per_place")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class Checkpoint(models.Model):
    """The tree at one moment, signed. Everything that could be sealed then is under it."""

    size = models.BigIntegerField(unique=True, help_text="leaves")
    root = models.BinaryField()
    note = models.TextField(help_text="the signed note (audit.notes)")
    frontier = models.BinaryField(help_text="audit.merkle.Frontier's hashes, one after the other")
    cluster = models.TextField(
        help_text="the database cluster's own identifier: its transactions are counted"
    )
    epoch = models.IntegerField(help_text="counts the clusters this log has lived in")
    through_xid = models.BigIntegerField(
        null=True, help_text="every earlier transaction is sealed; empty until a new epoch has caught up"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-size",)

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Catalogue(models.Model):
    """How many leaves of the tree are in the catalogue: one row."""

    leaves = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"catalogue of {self.leaves} entries"


class CataloguedEntry(models.Model):
    """The words of one event, to be searched."""

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="catalogued", db_constraint=False
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="entry_by_words")]

    def __str__(self) -> str:
        return f"words of {self.event_id}"


class CataloguedDay(models.Model):
    """How many events of one verb there were on a day (UTC)."""

    day = models.DateField()
    verb = models.TextField()
    entries = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "verb"], name="one_count_per_day_and_verb")]

    def __str__(self) -> str:
        return f"{self.verb} on {self.day}"


class CataloguedActor(models.Model):
    """Who has ever acted, under which name. `actor_id` is empty for a process."""

    actor_id = models.UUIDField(null=True)
    name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor_id", "name"], nulls_distinct=False, name="each_actor_and_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
