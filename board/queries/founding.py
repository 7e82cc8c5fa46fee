"""The founding that is proposed, was sent back, or stands."""

from django.db.models import Exists

from accounts.models import Person
from board.models import (
    Founding,
    FoundingDraft,
)
from board.states import FoundingState


def founding_proposed() -> Founding | None:
    """The founding that waits for its answer, if one does."""
    return (
        Founding.objects.filter(state=FoundingState.PROPOSED).select_related("proposer", "confirmer").first()
    )


def founding_sent_back() -> Founding | None:
    """The founding that was sent back last."""
    rows = Founding.objects.filter(state=FoundingState.RETURNED).select_related("proposer", "confirmer")
    return rows.order_by("-ended_at").first()


def founding_stands() -> tuple[bool, bool]:
    """Whether somebody writes at a founding, and whether there is one person alone here."""
    rows = Person.objects.filter(active=True).annotate(begun=Exists(FoundingDraft.objects.all()))
    found = list(rows.order_by().values_list("begun", flat=True)[:2])
    return any(found), len(found) == 1
