"""Endpoints, the calls to be made at them, and every attempt. Queued rows are the queue; a broker only wakes.

Not here: how they change (commands, steps) and how a provider is spoken to (adapters).
"""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from modelcalls.states import AttemptOutcome, CallState


class AdapterName(models.TextChoices):
    ANTHROPIC = "anthropic", "Messages format (anthropic)"
    OPENAI = "openai", "Chat completions format (openai)"


class Endpoint(TrackedModel):
    """Where an AI model can be called. Its key is known by the name of a variable, never by value."""

    not_redacted = frozenset({"base_url", "model", "accepted_names", "key_variable", "parameters"})

    name = models.TextField(unique=True)
    adapter = models.TextField(choices=AdapterName)
    base_url = models.TextField()
    model = models.TextField(help_text="as requests name it")
    accepted_names = models.JSONField(default=list, help_text="further names the same model may answer with")
    key_variable = models.TextField(
        blank=True, help_text="name of the environment variable that holds the key"
    )
    parameters = models.JSONField(
        default=dict, help_text="what it takes: temperature (true), token_limit (a name)"
    )
    max_concurrency = models.PositiveIntegerField(default=2)
    budget_tokens = models.PositiveBigIntegerField(null=True, blank=True, help_text="empty: no limit")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=Q(max_concurrency__gte=1), name="endpoint_takes_a_call"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_temperature(self) -> bool:
        return self.parameters.get("temperature") is True


class Call(TrackedModel):
    """One thing to be asked of a model. `slot` names the place its answer fills; a place has one call."""

    not_redacted = frozenset({"purpose"})

    number = models.BigIntegerField(unique=True)
    purpose = models.TextField(help_text="who receives the answer: app.noun")
    subject = models.UUIDField(help_text="what it is asked for")
    slot = models.TextField(unique=True)
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="calls")
    request = models.JSONField(help_text="system, messages, max_tokens and, when set, temperature")
    request_digest = models.TextField()
    state = models.TextField(choices=CallState, default=CallState.QUEUED)
    asked = models.PositiveIntegerField(default=1, help_text="how often people have asked")
    tries = models.PositiveIntegerField(default=0, help_text="attempts since a person last asked")
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_token = models.UUIDField(null=True, blank=True)
    leased_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undelivered = models.TextField(blank=True, help_text="why the answer could not be handed on")

    class Meta:
        verbose_name = "model call"
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["subject"], name="call_by_subject"),
            models.Index(fields=["endpoint", "-number"], name="call_by_endpoint"),
            models.Index(fields=["purpose", "-number"], name="call_by_purpose"),
            models.Index(fields=["state", "-number"], name="call_by_state"),
            models.Index(fields=["not_before"], condition=Q(state=CallState.QUEUED), name="call_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state=CallState.RUNNING), name="call_leased"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=CallState.RUNNING,
                    lease_token__isnull=False,
                    leased_at__isnull=False,
                    lease_until__isnull=False,
                )
                | (~Q(state=CallState.RUNNING) & Q(lease_token__isnull=True, lease_until__isnull=True)),
                name="call_is_leased_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CallState.QUEUED, CallState.RUNNING], finished_at__isnull=True)
                | (~Q(state__in=[CallState.QUEUED, CallState.RUNNING]) & Q(finished_at__isnull=False)),
                name="call_ends_when_it_is_finished",
            ),
            models.CheckConstraint(condition=Q(asked__gte=1, asked__lte=3), name="call_asked_thrice_at_most"),
        ]

    def __str__(self) -> str:
        return f"Model call {self.number}"


class Attempt(TrackedModel):
    """One try at a call, whatever came of it. Appended, never changed; at most one per call is accepted."""

    not_redacted = frozenset(
        {"requested_model", "returned_model", "stop_reason", "request_id", "usage", "client"}
    )

    call = models.ForeignKey(Call, models.PROTECT, related_name="attempts")
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    asked = models.PositiveIntegerField(help_text="which asking of a person it served")
    lease_token = models.UUIDField()
    outcome = models.TextField(choices=AttemptOutcome)
    accepted = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    requested_model = models.TextField(blank=True)
    returned_model = models.TextField(blank=True)
    stop_reason = models.TextField(blank=True)
    request = models.JSONField(default=dict, help_text="the body as it was sent")
    response = models.JSONField(default=dict, help_text="the body as it came")
    request_id = models.TextField(blank=True)
    status = models.PositiveIntegerField(
        null=True, blank=True, help_text="HTTP status, when there was an error"
    )
    usage = models.JSONField(default=dict)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    client = models.TextField(blank=True, help_text="the SDK and its version")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("call", "number")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(accepted=True), name="one_accepted_attempt_per_call"
            ),
            models.UniqueConstraint(
                fields=["lease_token", "outcome"], name="one_attempt_per_lease_and_outcome"
            ),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(outcome=AttemptOutcome.COMPLETED),
                name="only_a_completed_attempt_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number} at model call {self.call.number}"
