"""The list of votes for one viewer: what waits for them, what they keep as secretary, what else runs, what ended.

Between views and queries, as `board.pages`: no request, no form, no HTML. Each part is paged by itself.
"""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db.models import Case, Count, Q, When
from django.http import QueryDict

from board.matrix import Matrix, matrix_of
from board.models import Ballot
from board.policies import id_of
from board.queries import ballots_to_list, kept_by, silent
from board.states import BallotState
from core import clock
from core.paging import Page, first_page, page_by_key
from core.policies import Actor, any_of
from core.prepared import Given, Prepared, Somebody

SIZE = 20
#: Open votes side by side in the secretary's table.
COLUMNS = 5
_SOONEST = ("closes_at", "pk")
_NEWEST = ("-opens_at", "-pk")
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
    given = {"actor": id_of(actor), "now": clock.now()}
    secretary = any_of(actor, "secretary")
    counts = _counts(secretary, given)

    def page(name: str, size: int = SIZE) -> Page[Ballot]:
        rows = ballots_to_list().filter(_parts(actor, given["now"])[name])
        if not counts[name]:
            return page_by_key(rows, asked, by=_SOONEST, size=size, name=name, first=list)
        first = partial(_first(name, secretary, size).ask, **given)
        return page_by_key(rows, asked, by=_SOONEST, size=size, name=name, first=first)

    kept = page("kept", COLUMNS)
    return VoteList(
        waiting=page("waiting"),
        kept=kept,
        others=page("others"),
        ended=page_by_key(
            ballots_to_list().exclude(_UNDER_WAY), asked, by=_NEWEST, size=SIZE, first=_first_ended().ask
        ),
        matrix=matrix_of(kept.rows, asked) if kept.rows else None,
        counts=counts,
    )


def _parts(actor: Actor, now: Any) -> dict[str, Q]:
    """Which votes under way wait for the actor, which they keep, and which do neither."""
    open_now = Q(state=BallotState.OPEN, closes_at__gt=now)
    waits, keeps = open_now & Q(silent(actor)), open_now & kept_by(actor)
    return {"waiting": waits, "kept": keeps, "others": _UNDER_WAY & ~waits & ~keeps}


def _counts(secretary: bool, given: dict[str, Any]) -> dict[str, int]:
    """How many votes each part has. One query."""
    counts = dict.fromkeys(("waiting", "kept", "others"), 0)
    for waits, keeps, number in _sorted(secretary).ask(**given):
        counts["waiting"] += number if waits else 0
        counts["kept"] += number if keeps else 0
        counts["others"] += number if not waits and not keeps else 0
    return counts


@cache
def _sorted(secretary: bool) -> Prepared[tuple[bool, bool, int]]:
    parts = _parts(_somebody(secretary), Given("now"))
    rows = Ballot.objects.filter(_UNDER_WAY).order_by()
    told = rows.annotate(waits=_told(parts["waiting"]), keeps=_told(parts["kept"]))
    return Prepared(
        told.values("waits", "keeps").annotate(number=Count("pk")).values_list("waits", "keeps", "number")
    )


@cache
def _first(name: str, secretary: bool, size: int) -> Prepared[Ballot]:
    rows = ballots_to_list().filter(_parts(_somebody(secretary), Given("now"))[name])
    return first_page(rows, by=_SOONEST, size=size)


@cache
def _first_ended() -> Prepared[Ballot]:
    return first_page(ballots_to_list().exclude(_UNDER_WAY), by=_NEWEST, size=SIZE)


def _somebody(secretary: bool) -> Somebody:
    return Somebody(frozenset({"secretary"} if secretary else ()))


def _told(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)
