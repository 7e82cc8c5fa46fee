"""What is done to a round besides voting: holds renewed, positions answered for, ties broken, words put right."""

from django.db import models
from django.db.models import Q

from audit.models import TrackedModel
from board.models.ballots import Ballot, Elector, Position, Recusal
from board.models.motions import Motion
from board.states import FixState, RecusalEntryState, WithdrawalState


class HoldRenewal(TrackedModel):
    """A hold kept alive for another span by its holder; once, which the one-to-one key holds."""

    position = models.OneToOneField(Position, models.PROTECT, related_name="renewal")
    reason = models.TextField()
    renewed_at = models.DateTimeField()

    class Meta:
        ordering = ("renewed_at",)
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="hold_renewal_says_why")]

    def __str__(self) -> str:
        return "Renewal of a hold"


class HoldLapse(TrackedModel):
    """That the lapse of a hold was noticed and told. Counting does not need it: the clock decides that."""

    position = models.OneToOneField(Position, models.PROTECT, related_name="lapse")
    lapsed_at = models.DateTimeField()

    class Meta:
        ordering = ("lapsed_at",)

    def __str__(self) -> str:
        return "Lapse of a hold"


class PositionAnswer(TrackedModel):
    """What a member said of a position the secretary entered for them. One contested never counts."""

    class Answer(models.TextChoices):
        CONFIRM = "confirm", "Confirm: it is mine"
        CONTEST = "contest", "Contest: it is not what I said"

    position = models.OneToOneField(Position, models.PROTECT, related_name="answer")
    answer = models.TextField(choices=Answer)
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("answered_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["confirm", "contest"]), name="position_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="confirm") | ~Q(text=""), name="position_contested_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return "Answer to a position entered for a member"


class RecusalEntry(TrackedModel):
    """A recusal the secretary entered for a member. It has no effect before the member confirms it."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recusal_entries")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="recusal_entries")
    category = models.TextField(choices=Recusal.Category)
    text = models.TextField()
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    entered_by_name = models.TextField()
    entered_at = models.DateTimeField()
    state = models.TextField(choices=RecusalEntryState, default=RecusalEntryState.ENTERED)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ballot", "entered_at")
        verbose_name = "recusal entered for a member"
        constraints = [
            models.UniqueConstraint(
                fields=["elector"], condition=Q(state="entered"), name="recusal_entry_one_open_per_elector"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="recusal_entry_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=RecusalEntryState.values), name="recusal_entry_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Recusal entered for {self.elector.name}"


class CastingVote(TrackedModel):
    """The chair's casting vote on a tie: after the close, once, with its reason."""

    class Choice(models.TextChoices):
        APPROVE = "approve", "Approve"
        REJECT = "reject", "Reject"

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="casting_vote")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="+")
    position = models.TextField(choices=Choice)
    reason = models.TextField()
    cast_at = models.DateTimeField()

    class Meta:
        ordering = ("cast_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(position__in=["approve", "reject"]), name="casting_vote_takes_a_side"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="casting_vote_has_a_reason"),
        ]

    def __str__(self) -> str:
        return "Casting vote"


class Withdrawal(TrackedModel):
    """A motion its mover wants to take back although members have voted: the chair agrees, nobody objects."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="withdrawals")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    state = models.TextField(choices=WithdrawalState, default=WithdrawalState.ASKED)
    agreed_by_name = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    takes_effect_at = models.DateTimeField(null=True, blank=True, db_index=True)
    objector_name = models.TextField(blank=True)
    objection = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ballot", "asked_at")
        constraints = [
            models.UniqueConstraint(
                fields=["ballot"], condition=Q(state__in=["asked", "agreed"]), name="withdrawal_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WithdrawalState.values), name="withdrawal_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(takes_effect_at__isnull=False),
                name="withdrawal_agreed_names_its_instant",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_says_why"),
        ]

    def __str__(self) -> str:
        return "Withdrawal of a proposal under vote"


class Statement(TrackedModel):
    """An elector's words for the record after the close: a late statement, or one of the minority. Never counted."""

    class Kind(models.TextChoices):
        LATE = "late", "Late statement"
        MINORITY = "minority", "Minority statement"

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="statements")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="statements")
    kind = models.TextField(choices=Kind)
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("ballot", "made_at")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["late", "minority"]), name="statement_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class EditorialFix(TrackedModel):
    """Words of a motion put right while it is in a vote: proposed by one, confirmed by another.

    `before` and `after` hold title, text and status_quo. Anything that changes what is asked is a new round.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="fixes")
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="fixes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    state = models.TextField(choices=FixState, default=FixState.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_by_name = models.TextField()
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by_name = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ballot", "proposed_at")
        constraints = [
            models.UniqueConstraint(
                fields=["ballot"], condition=Q(state="proposed"), name="editorial_fix_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FixState.values), name="editorial_fix_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")),
                name="editorial_fix_takes_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="editorial_fix_says_why"),
        ]

    def __str__(self) -> str:
        return "Editorial fix"
