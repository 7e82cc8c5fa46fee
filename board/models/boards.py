"""A board, who sits on it, and the voting rules it has adopted."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from board.tally import Terms as TallyTerms
from board.tally import terms_from_data
from board.wording import rules_in_words


class Board(TrackedModel):
    """A body that decides. `notice_days`: the notice it promises before a retirement takes effect."""

    name = models.TextField(unique=True)
    demonstration = models.BooleanField(default=False, help_text="founded to show the product, not to govern")
    notice_days = models.PositiveIntegerField(default=60)
    founded_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="board_has_a_name"),
            models.CheckConstraint(
                condition=Q(demonstration=False) | Q(notice_days=0),
                name="board_demonstration_has_no_notice_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Terms(TrackedModel):
    """One version of adopted voting rules: the arithmetic as `board.tally` reads it, and the timing.

    Append-only: the highest version of a name is in force.
    """

    not_redacted = frozenset({"name", "arithmetic"})

    board = models.ForeignKey(Board, models.PROTECT, related_name="terms")
    name = models.TextField(help_text="one of the six standard terms")
    version = models.PositiveIntegerField(default=1)
    arithmetic = models.JSONField()
    minimum_opening_days = models.PositiveIntegerField()
    hold_lapse_days = models.PositiveIntegerField(default=14)
    extension_days = models.PositiveIntegerField(default=14)
    early_close = models.BooleanField(default=True)
    adopted_at = models.DateTimeField()
    basis = models.TextField(help_text="the founding, or the decision that adopted them")

    class Meta:
        ordering = ("board", "name", "-version")
        verbose_name = verbose_name_plural = "voting rules"
        constraints = [
            models.UniqueConstraint(fields=["board", "name", "version"], name="terms_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="terms_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(basis=""), name="terms_have_a_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.label} rules, version {self.version}"

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def tally_terms(self) -> TallyTerms:
        return terms_from_data(self.arithmetic)

    @property
    def in_words(self) -> dict[str, str]:
        return rules_in_words(self.tally_terms)


class Seat(TrackedModel):
    """A person's seat for a term of office. `seated_for`: the seat an alternate stands in for, once seated."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        MEMBER = "member", "Member"
        ALTERNATE = "alternate", "Alternate"
        SECRETARY = "secretary", "Secretary"

    board = models.ForeignKey(Board, models.PROTECT, related_name="seats")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="seats")
    role = models.TextField(choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="last day of the term of office")
    basis = models.TextField(help_text="the act that gave the seat")
    seated_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="alternates")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_basis = models.TextField(blank=True, help_text="resigned, removed, term over; and by what act")

    class Meta:
        ordering = ("board", "starts_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["board", "person"], condition=Q(ended_at=None), name="seat_one_per_person_and_board"
            ),
            models.UniqueConstraint(
                fields=["board"], condition=Q(ended_at=None, role="chair"), name="seat_one_chair_per_board"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["chair", "vice_chair", "member", "alternate", "secretary"]),
                name="seat_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="seat_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(seated_for=None) | Q(role="alternate"), name="seat_only_alternates_stand_in"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_basis="") | (Q(ended_at__isnull=False) & ~Q(end_basis="")),
                name="seat_ends_with_a_basis",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="seat_has_a_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} seat"
