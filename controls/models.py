"""Control tests with their frozen populations and samples; findings and what was said to them."""

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from audit.registry import populations
from controls.states import ControlState, FindingState, NoteKind, Result, SeedSource, Severity


class ControlTest(TrackedModel):
    """One question about a period, asked of every record of a kind: was the rule kept?"""

    number = models.BigIntegerField(unique=True)
    title = models.CharField(max_length=200, help_text="the rule as a sentence that is true when it was kept")
    criterion = models.TextField(help_text="what a record must show to pass")
    population = models.SlugField(db_index=False, help_text="key of audit.registry.populations")
    since = models.DateField()
    until = models.DateField(help_text="the last day")
    wanted = models.PositiveIntegerField(help_text="records to judge; 0 is all of them")
    seed_source = models.TextField(choices=SeedSource)
    seed = models.SlugField(max_length=100, blank=True, db_index=False)
    checkpoint_size = models.BigIntegerField(null=True, help_text="of the checkpoint whose root is the seed")
    state = models.TextField(choices=ControlState, default=ControlState.DEFINED)
    conclusion = models.TextField(blank=True, help_text="what the test showed, or why it was dropped")
    defined_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    defined_by_name = models.TextField()
    defined_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    frozen_in = models.BigIntegerField(null=True, help_text="number of the entry that froze the population")
    drawn_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ControlState.values), name="control_test_state_is_known"
            ),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="control_test_period_has_days"),
            models.CheckConstraint(
                condition=Q(state__in=("defined", "dropped"))
                | Q(frozen_at__isnull=False, frozen_in__isnull=False),
                name="control_test_frozen_before_drawn",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("drawn", "concluded")) | (~Q(seed="") & Q(drawn_at__isnull=False)),
                name="control_test_drawn_with_a_seed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("concluded", "dropped"))
                | (~Q(conclusion="") & Q(ended_at__isnull=False)),
                name="control_test_ends_with_a_word",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def population_label(self) -> str:
        """Its plural; the key where the app that offered it is gone."""
        return populations.get(self.population).label if self.population in populations else self.population


class FrozenPopulation(TrackedModel):
    """Which records the test is about, as they were found when the auditor froze them. Appended, never changed."""

    not_redacted = frozenset({"members"})

    test = models.OneToOneField(ControlTest, models.PROTECT, related_name="frozen")
    members = models.JSONField(help_text="pairs of a record's id and what it was called, by id")
    count = models.PositiveIntegerField()
    digest = models.TextField(help_text="controls.sampling.population_digest of the ids")

    def __str__(self) -> str:
        return f"{self.count} records"


class SampleItem(TrackedModel):
    """One record of the sample, and what an auditor says of it."""

    test = models.ForeignKey(ControlTest, models.PROTECT, related_name="items")
    rank = models.PositiveIntegerField(help_text="its place in the order of drawing, from 1")
    record_id = models.UUIDField()
    record_label = models.TextField(help_text="what the record was called when the population was frozen")
    result = models.TextField(choices=Result, blank=True)
    note = models.TextField(blank=True)
    judged_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    judged_by_name = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("test", "rank")
        verbose_name = "sampled record"
        constraints = [
            models.UniqueConstraint(fields=["test", "rank"], name="sample_item_one_per_rank"),
            models.UniqueConstraint(fields=["test", "record_id"], name="sample_item_once_per_test"),
            models.CheckConstraint(
                condition=Q(result="", judged_at=None, judged_by=None)
                | (Q(result__in=Result.values) & Q(judged_at__isnull=False, judged_by__isnull=False)),
                name="sample_item_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(result__in=("", "pass")) | ~Q(note=""), name="sample_item_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_label}, {self.rank} of the sample"


class Finding(TrackedModel):
    """Something that was not as our rules say: an exception of a test, or what an auditor saw elsewhere."""

    number = models.BigIntegerField(unique=True)
    test = models.ForeignKey(ControlTest, models.PROTECT, null=True, blank=True, related_name="findings")
    item = models.OneToOneField(SampleItem, models.PROTECT, null=True, blank=True, related_name="finding")
    title = models.CharField(max_length=200)
    detail = models.TextField(help_text="what was found, against which rule, and what shows it")
    severity = models.TextField(choices=Severity)
    state = models.TextField(choices=FindingState, default=FindingState.OPEN)
    raised_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    raised_by_name = models.TextField()
    raised_at = models.DateTimeField()
    answer_by = models.DateField(help_text="until when it is to be answered")
    owner = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+", help_text="who does what was promised"
    )
    due_on = models.DateField(null=True, help_text="when it is to be done")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        indexes = [models.Index(fields=["state", "due_on"], name="finding_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_is_known"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="finding_severity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(owner__isnull=False, due_on__isnull=False),
                name="finding_answered_with_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="finding_closed_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"Finding {self.number}: {self.title}"


class FindingNote(TrackedModel):
    """One contribution to a finding: an answer, what was lacking in it, the closing. Appended, never changed."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField(help_text="from 1, in the finding")
    kind = models.TextField(choices=NoteKind)
    text = models.TextField()
    owner_name = models.TextField(blank=True, help_text="of an answer: who does it")
    due_on = models.DateField(null=True, help_text="of an answer: when it is to be done")
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_by_name = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("finding", "number")
        verbose_name = "note on a finding"
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="finding_note_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.written_by_name} {self.get_kind_display()}"
