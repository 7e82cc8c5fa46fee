"""One round of voting: its frozen roll, the positions taken on it, and who recused themselves."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from board import tally
from board.models.boards import Seat
from board.models.motions import Motion
from board.states import ENDED_EARLY, LIVE_BALLOT, BallotState
from core import clock


class Ballot(TrackedModel):
    """A round. `terms` is the snapshot of the rules in force at opening: name, version, arithmetic, timing, the
    versions of the board's guidelines, and whether its positions are secret until the close.

    `counts_until` is the instant at which counting stopped: `closes_at`, however late the closing job was, or
    the moment of an early close.
    """

    not_redacted = frozenset({"terms"})

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="ballots")
    round = models.PositiveIntegerField()
    state = models.TextField(choices=BallotState, default=BallotState.DRAFT)
    terms = models.JSONField()
    motion_digest = models.TextField(help_text="of the motion's text as it stood at opening")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counts_until = models.DateTimeField(null=True, blank=True)
    extended_from = models.DateTimeField(
        null=True, blank=True, help_text="when it was to close before its one extension"
    )

    class Meta:
        ordering = ("-opens_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["motion", "round"], name="ballot_round_once_per_motion"),
            models.UniqueConstraint(
                fields=["motion"], condition=Q(state__in=LIVE_BALLOT), name="ballot_one_live_per_motion"
            ),
            models.CheckConstraint(condition=Q(state__in=BallotState.values), name="ballot_state_is_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="ballot_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["draft", "open"]) & Q(closed_at=None, counts_until=None))
                | ~Q(state__in=["draft", "open", "closed", "certified", "returned"])
                | Q(
                    state__in=["closed", "certified", "returned"],
                    closed_at__isnull=False,
                    counts_until__isnull=False,
                ),
                name="ballot_closed_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(counts_until=None) | Q(counts_until__lte=F("closes_at")),
                name="ballot_counts_nothing_after_its_close",
            ),
            models.CheckConstraint(
                condition=Q(extended_from=None) | Q(extended_from__lt=F("closes_at")),
                name="ballot_extended_to_later",
            ),
        ]

    def __str__(self) -> str:
        return f"Vote on proposal {self.motion.number}, round {self.round}"

    @property
    def arithmetic(self) -> tally.Terms:
        return tally.terms_from_data(self.terms["arithmetic"])

    @property
    def terms_label(self) -> str:
        return f"{self.terms['label']} rules, version {self.terms['version']}"

    @property
    def earliest_close(self) -> datetime:
        return self.opens_at + timedelta(days=self.terms["minimum_opening_days"])

    @property
    def hold_lapse(self) -> timedelta:
        return timedelta(days=self.terms["hold_lapse_days"])

    def hold_ends_at(self, hold: "Position") -> datetime:
        """When this hold stops blocking: its span after it was placed, or after its one renewal."""
        renewal = getattr(hold, "renewal", None)
        return (renewal.renewed_at if renewal else hold.taken_at) + self.hold_lapse

    @property
    def secret(self) -> bool:
        """Whether its positions were to be secret until the close: chosen at the opening, and never changed."""
        return bool(self.terms.get("secret", False))

    @property
    def keeps_secret(self) -> bool:
        """Whether they are secret now. A round that is taken back or superseded keeps its promise until its announced
        close, or whoever ended it would learn how the others vote before the next one opens.
        """
        if not self.secret:
            return False
        ended_early = self.state in ENDED_EARLY and clock.now() < self.closes_at
        return self.state == BallotState.OPEN or ended_early

    @property
    def is_override(self) -> bool:
        """Whether holds do not block in this round, because one stopped the round before."""
        return bool(self.terms["name"] == "hold_override")


class Elector(TrackedModel):
    """One line of the roll, as it was when the ballot opened. `order` counts from one."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="electors")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="electors")
    order = models.PositiveIntegerField()
    name = models.TextField()
    role = models.TextField(choices=Seat.Role)
    affiliation = models.TextField(blank=True)
    alternate_for = models.TextField(blank=True, help_text="name of the member stood in for")
    departed_at = models.DateTimeField(null=True, blank=True)
    departure_basis = models.TextField(blank=True)

    class Meta:
        ordering = ("ballot", "order")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="elector_once_per_ballot"),
            models.UniqueConstraint(fields=["ballot", "order"], name="elector_order_once_per_ballot"),
            models.CheckConstraint(condition=~Q(role="secretary"), name="elector_is_never_the_secretary"),
            models.CheckConstraint(
                condition=Q(departed_at=None, departure_basis="")
                | (Q(departed_at__isnull=False) & ~Q(departure_basis="")),
                name="elector_departs_with_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} on the roll"


class Position(TrackedModel):
    """A position taken: appended, never updated. The last before the close counts. `number` orders them."""

    class Choice(models.TextChoices):
        APPROVE = "approve", "Approve"
        REJECT = "reject", "Reject"
        ABSTAIN = "abstain", "Abstain"
        HOLD = "hold", "Hold"

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="positions")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="positions")
    number = models.PositiveIntegerField()
    position = models.TextField(choices=Choice)
    reason = models.TextField(blank=True)
    lifts_when = models.TextField(blank=True)
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    entered_by_name = models.TextField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("ballot", "number")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="position_number_once_per_ballot"),
            models.CheckConstraint(
                condition=Q(position__in=["approve", "reject", "abstain", "hold"]), name="position_is_known"
            ),
            models.CheckConstraint(
                condition=Q(position__in=["approve", "abstain"]) | ~Q(reason=""),
                name="position_against_has_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(position="hold") & ~Q(lifts_when="")) | (~Q(position="hold") & Q(lifts_when="")),
                name="position_hold_says_what_lifts_it",
            ),
        ]

    def __str__(self) -> str:
        return f"Position {self.number} on a vote"


class Recusal(TrackedModel):
    """A member's own statement that this matter is not theirs to decide. Irrevocable in the round."""

    class Category(models.TextChoices):
        AUTHORED = "authored", "Trained, led or built the model"
        INTERVIEWED = "interviewed", "Interviews the model or edits its essays"
        FINANCIAL = "financial", "Money: income, investment or budget depends on this"
        EMPLOYER = "employer", "The employer or affiliation has a stake"
        PERSONAL = "personal", "A personal tie"
        OTHER = "other", "Another reason"

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recusals")
    elector = models.OneToOneField(Elector, models.PROTECT, related_name="recusal")
    category = models.TextField(choices=Category)
    text = models.TextField()
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("ballot", "declared_at")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recusal_says_why"),
            models.CheckConstraint(
                condition=Q(
                    category__in=["authored", "interviewed", "financial", "employer", "personal", "other"]
                ),
                name="recusal_category_is_known",
            ),
        ]

    def __str__(self) -> str:
        return "Recusal on a vote"
