"""The list of votes for one viewer: what waits for them, what they keep as secretary, what else runs, what ended.

Between views and queries, as `board.pages`: no request, no form, no HTML. Each part is paged by itself.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.http import QueryDict

from board.matrix import Matrix, matrix_of
from board.models import Ballot
from board.queries import ballots_to_list, kept_by, silent
from board.states import BallotState
from core import clock
from core.listing import listed
from core.paging import Page
from core.policies import Actor
from core.prepared import written_once

SIZE = 20
#: Open votes side by side in the secretary's table.
COLUMNS = 5
_UNDER_WAY = Q(state__in=[BallotState.OPEN, BallotState.CLOSED])


@dataclass(frozen=True)
class VoteList:
    """Pages of votes, and how many there are of those under way. `matrix` is the secretary's view of `kept`."""

    waiting: Page[Ballot]
    kept: Page[Ballot]
    others: Page[Ballot]
    ended: Page[Ballot]
    matrix: Matrix | None
    counts: dict[str, int]

    @property
    def none_at_all(self) -> bool:
        return not any(self.counts.values()) and not self.ended.rows


def vote_list(actor: Actor, asked: QueryDict) -> VoteList:
    """The votes as this viewer is shown them; `asked` is the query string. At most eight queries."""
    counts = _counts(actor)

    def page(name: str, size: int = SIZE) -> Page[Ballot]:
        if not counts[name]:
            return Page([], "", "", asked, name)
        return _under_way.page(actor, name, asked=asked, size=size, name=name)

    kept = page("kept", COLUMNS)
    return VoteList(
        waiting=page("waiting"),
        kept=kept,
        others=page("others"),
        ended=_ended.page(actor, asked=asked, size=SIZE),
        matrix=matrix_of(kept.rows, asked) if kept.rows else None,
        counts=counts,
    )


def _parts(actor: Actor) -> dict[str, Q]:
    """Which votes under way wait for the actor, which they keep, and which do neither."""
    open_now = Q(state=BallotState.OPEN, closes_at__gt=clock.now())
    waits, keeps = open_now & Q(silent(actor)), open_now & kept_by(actor)
    return {"waiting": waits, "kept": keeps, "others": _UNDER_WAY & ~waits & ~keeps}


def _counts(actor: Actor) -> dict[str, int]:
    """How many votes each part has. One query."""
    counts = dict.fromkeys(("waiting", "kept", "others"), 0)
    for waits, keeps, number in _counted(actor):
        counts["waiting"] += number if waits else 0
        counts["kept"] += number if keeps else 0
        counts["others"] += number if not waits and not keeps else 0
    return counts


@written_once
def _counted(actor: Actor) -> QuerySet[Any, tuple[bool, bool, int]]:
    parts = {name: Case(When(part, then=True), default=False) for name, part in _parts(actor).items()}
    rows = Ballot.objects.filter(_UNDER_WAY).order_by()
    told = rows.annotate(waits=parts["waiting"], keeps=parts["kept"]).values("waits", "keeps")
    return told.annotate(number=Count("pk")).values_list("waits", "keeps", "number")


@listed("closes_at", "pk")
def _under_way(actor: Actor, name: str) -> QuerySet[Ballot]:
    """One of the parts, the next to close first."""
    return ballots_to_list().filter(_parts(actor)[name])


@listed("-opens_at", "-pk")
def _ended(_actor: Actor) -> QuerySet[Ballot]:
    """The newest first."""
    return ballots_to_list().exclude(_UNDER_WAY)
