"""The list of votes for one viewer: what waits for them, what they keep as secretary, what else runs, what ended.

Between views and queries, as `board.pages`: no request, no form, no HTML. Each part is paged by itself.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import QueryDict

from board import queries
from board.matrix import Matrix, matrix_of
from board.models import Ballot
from board.states import BallotState
from core import clock
from core.paging import Page, page_by_key
from core.policies import Actor

SIZE = 20
#: Open votes side by side in the secretary's table.
COLUMNS = 5
_SOONEST = ("closes_at", "pk")
_NEWEST = ("-opens_at", "-pk")


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
    every = queries.ballots_to_list()
    under_way = Q(state__in=[BallotState.OPEN, BallotState.CLOSED])
    open_now = Q(state=BallotState.OPEN, closes_at__gt=clock.now())
    waits, keeps = open_now & Q(queries.silent(actor)), open_now & queries.kept_by(actor)
    parts = {"waiting": waits, "kept": keeps, "others": under_way & ~waits & ~keeps}
    counts = Ballot.objects.filter(under_way).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in parts.items()}
    )

    def page(name: str, size: int = SIZE) -> Page[Ballot]:
        rows = every.filter(parts[name]) if counts[name] else every.none()
        return page_by_key(rows, asked, by=_SOONEST, size=size, name=name)

    kept = page("kept", COLUMNS)
    return VoteList(
        waiting=page("waiting"),
        kept=kept,
        others=page("others"),
        ended=page_by_key(every.exclude(under_way), asked, by=_NEWEST, size=SIZE),
        matrix=matrix_of(kept.rows, asked) if kept.rows else None,
        counts=counts,
    )
