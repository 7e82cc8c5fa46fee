"""Motions: to list, to open a vote on, to reconsider."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from board.models import (
    Certificate,
    Motion,
    Seat,
)
from board.policies import id_of
from board.queries.rolls import roll_of
from board.states import MotionState
from board.tally import HELD
from core.policies import Actor


def took_the_side_that_prevailed(person_id: UUID, motion: Motion) -> bool:
    """Whether somebody took the winning side in the motion's last certified round: a hold wins with a rejection."""
    certificate = (
        Certificate.objects.filter(ballot__motion=motion)
        .select_related("ballot")
        .order_by("-ballot__round")
        .first()
    )
    if certificate is None:
        return False
    line = roll_of(certificate.ballot, certificate.certified_at).line_of(person_id)
    return line is not None and line.status in (("approve",) if certificate.carried else ("reject", "hold"))


def was_held(motion: Motion) -> bool:
    """Whether a hold stopped the motion's last round."""
    last = Certificate.objects.filter(ballot__motion=motion).order_by("-ballot__round").first()
    return last is not None and last.result == HELD


def motions_awaiting_the_secretary(actor: Actor) -> QuerySet[Motion]:
    """Proposals not yet in a vote, on the boards the actor keeps: a vote can be opened, or something forbids it."""
    seats = Seat.objects.filter(
        board=OuterRef("board"), person_id=id_of(actor), role=Seat.Role.SECRETARY, ended_at=None
    )
    rows = Motion.objects.filter(Exists(seats), state=MotionState.MOVED).select_related("board")
    return rows.only("title", "board__name", "number").order_by("number")


def motions_to_list() -> QuerySet[Motion]:
    """Motions with what a list shows of them."""
    return Motion.objects.select_related("board", "reconsiders").order_by("-moved_at", "-number")
