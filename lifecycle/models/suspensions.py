"""Emergency suspensions of our models: begun by two people, ratified by the board or over by themselves."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from audit.models import TrackedModel
from lifecycle.models.ai_models import AIModel
from lifecycle.states import SuspensionState

#: The most days two people can suspend a model for. Source: the rule of emergency suspension.
MOST_DAYS = 14
#: The most days after its beginning that the board can let one last: what is to stay away for longer is a case.
LONGEST = timedelta(days=90)


class Suspension(TrackedModel):
    """Nothing is asked of one model for a while. One person proposes it, another puts it in force.

    Where it stands follows from its instants (`state_at`): at `lapses_at` it is over, whatever is written here by
    then, unless the board ratified it; then it lasts until `lasts_until`. `ended_at` and `ending` are the record of
    its end.
    """

    ENDINGS = tuple(
        (state.value, state.label)
        for state in SuspensionState
        if state not in (SuspensionState.PROPOSED, SuspensionState.IN_FORCE, SuspensionState.RATIFIED)
    )

    number = models.BigIntegerField(unique=True)
    ai_model = models.ForeignKey(AIModel, models.PROTECT, related_name="suspensions")
    board = models.ForeignKey("board.Board", models.PROTECT, related_name="suspensions")
    reason = models.TextField()
    days = models.PositiveSmallIntegerField(help_text="how long it is in force unless the board ratifies it")
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_by_name = models.TextField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by_name = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="when it came into force")
    lapses_at = models.DateTimeField(null=True, blank=True, help_text="its end unless it is ratified before")
    certificate = models.ForeignKey(
        "board.Certificate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suspensions",
        help_text="of the motion that last said how long it lasts",
    )
    lasts_until = models.DateTimeField(null=True, blank=True, help_text="its end as the board decided")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.TextField(choices=ENDINGS, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=["ai_model"], condition=Q(ended_at=None), name="suspension_once_at_a_time_per_model"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=MOST_DAYS), name="suspension_of_fourteen_days_at_most"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None, lapses_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False, lapses_at__isnull=False)
                    & ~Q(confirmed_by=F("proposed_by"))
                    & Q(lapses_at__gt=F("confirmed_at"))
                    & Q(lapses_at__lte=F("confirmed_at") + timedelta(days=MOST_DAYS))
                ),
                name="suspension_in_force_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(certificate=None, lasts_until=None)
                | Q(
                    certificate__isnull=False,
                    confirmed_at__isnull=False,
                    lasts_until__isnull=False,
                    lasts_until__gt=F("confirmed_at"),
                    lasts_until__lte=F("confirmed_at") + LONGEST,
                ),
                name="suspension_lasts_longer_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(ended_at__isnull=False, ending="dropped", confirmed_at=None)
                | Q(
                    ended_at__isnull=False,
                    ending__in=["lifted", "rejected", "lapsed", "ran_out"],
                    confirmed_at__isnull=False,
                ),
                name="suspension_ends_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"Suspension {self.number} of {self.ai_model.name}"

    @property
    def ends_at(self) -> datetime | None:
        """When it is over by itself: as the board decided, else when it lapses; None until it is in force."""
        return self.lasts_until or self.lapses_at

    def state_at(self, now: datetime) -> SuspensionState:
        """Where it stands at an instant, by its dates alone: at its end it is over, recorded or not."""
        if self.ended_at is not None:
            return SuspensionState(self.ending)
        if self.ends_at is None:
            return SuspensionState.PROPOSED
        if now < self.ends_at:
            return SuspensionState.RATIFIED if self.lasts_until else SuspensionState.IN_FORCE
        return SuspensionState.RAN_OUT if self.lasts_until else SuspensionState.LAPSED
