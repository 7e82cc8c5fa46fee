"""Emergency suspensions: of one model, in force now, waiting for somebody; and what is not asked meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from board.models import Certificate, Motion, Seat
from board.policies import id_of
from board.queries import seats_in_office
from board.states import MotionState
from board.tally import CARRIED
from core import clock
from core.policies import Actor, any_of
from lifecycle.models import AIModel, Suspension
from lifecycle.queries.asof import AsOf

RATIFICATION = "ratification"
"""The kind of motion that says how long one lasts: a key of `board.registry.kinds`."""


def in_force(at: datetime) -> QuerySet[Suspension]:
    """Those in force at an instant, by the clock alone."""
    ends_at = Coalesce("ended_at", "lasts_until", "lapses_at")
    return Suspension.objects.alias(ends=ends_at).filter(confirmed_at__lte=at, ends__gt=at)


def expired(at: datetime) -> QuerySet[Suspension]:
    """Those that are over by the clock and whose end is not recorded yet, oldest first."""
    ends_at = Coalesce("lasts_until", "lapses_at")
    return Suspension.objects.alias(ends=ends_at).filter(ended_at=None, ends__lte=at).order_by("ends")


def suspension_in_force(ai_model: UUID | QuerySet[Any], at: datetime | None = None) -> Suspension | None:
    """The suspension of a model that is in force at an instant, now unless told, if there is one. One query.

    `ai_model`: its id, or a query that gives it.
    """
    rows = in_force(at or clock.now()).filter(
        ai_model__in=ai_model if isinstance(ai_model, QuerySet) else [ai_model]
    )
    return (
        rows.select_related("ai_model", "certificate")
        .defer("certificate__document", "certificate__disclosures")
        .first()
    )


def suspended_models() -> QuerySet[Any]:
    """The ids of the models that nothing is asked of now, to filter by."""
    return in_force(clock.now()).order_by().values("ai_model")


def saying_whether_suspended(ai_models: QuerySet[AIModel], when: AsOf) -> QuerySet[AIModel]:
    """The same models, each with `suspended`: whether it was so then."""
    found = in_force(when.instant).filter(ai_model=OuterRef("pk")).order_by()
    return ai_models.annotate(suspended=Exists(found))


def why_paused(ai_model: UUID | QuerySet[Any]) -> str:
    """Why nothing is asked of a model now, as a sentence; "" when it may be asked."""
    found = suspension_in_force(ai_model)
    if found is None or found.ends_at is None:
        return ""
    return (
        f"{found.ai_model.name} is suspended in an emergency, at the latest until "
        f"{found.ends_at:%-d %b %Y, %H:%M} UTC. Nothing is lost: it is asked by itself once that is over."
    )


def of_model(ai_model: AIModel) -> list[Suspension]:
    """Every suspension of a model, newest first."""
    rows = ai_model.suspensions.select_related("ai_model", "certificate").defer(
        "certificate__document", "certificate__disclosures"
    )
    return list(rows)


def spans_without_board(ai_model: AIModel, since: datetime) -> list[tuple[datetime, datetime]]:
    """From when to when a model was suspended by two people alone, where that ended after an instant.

    From the confirmation to the end, or to the first decision that ratified it: a later one sets another end only.
    """
    ratified = Certificate.objects.filter(
        ballot__motion__kind=RATIFICATION, ballot__motion__subject_id=OuterRef("pk"), result=CARRIED
    )
    # The least of them that there is: PostgreSQL leaves out what is null.
    over = Least(
        "ended_at", "lapses_at", Subquery(ratified.order_by("certified_at").values("certified_at")[:1])
    )
    rows = ai_model.suspensions.filter(confirmed_at__isnull=False).alias(over=over).filter(over__gt=since)
    return list(rows.order_by("confirmed_at").values_list("confirmed_at", over))


def suspension_to_show(suspension_id: UUID) -> Suspension | None:
    rows = Suspension.objects.select_related("ai_model", "board", "certificate", "proposed_by")
    return rows.defer("certificate__document", "certificate__disclosures").filter(pk=suspension_id).first()


def ratification_motions() -> QuerySet[Motion]:
    """Motions before the board that say how long a suspension lasts: moved, or in a vote."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    return Motion.objects.filter(kind=RATIFICATION, state__in=live).order_by("number")


def motions_on(suspension: Suspension) -> list[Motion]:
    """Every motion about it, whatever became of each, oldest first."""
    return list(Motion.objects.filter(kind=RATIFICATION, subject_id=suspension.pk).order_by("number"))


def sits_on_its_board(actor: Actor, suspension: Suspension) -> bool:
    """Whether somebody holds a seat of an elector or alternate on the board of a suspension, today."""
    seats = seats_in_office(suspension.board).filter(person_id=id_of(actor))
    return seats.exclude(role="secretary").exists()


def not_over(actor: Actor) -> QuerySet[Suspension]:
    """Those without a recorded end: of boards the actor sits on, all of them for a steward."""
    rows = Suspension.objects.filter(ended_at=None)
    if any_of(actor, "steward"):
        return rows
    seats = Seat.objects.filter(person_id=id_of(actor), ended_at=None)
    return rows.filter(board__in=seats.values("board"))


def motions_before_the_board(suspensions: Sequence[Suspension]) -> dict[UUID | None, Motion]:
    """The motion before the board on each of some suspensions, by the suspension's id."""
    keys = [row.pk for row in suspensions]
    return {motion.subject_id: motion for motion in ratification_motions().filter(subject_id__in=keys)}
