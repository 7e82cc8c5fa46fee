"""What a secret vote keeps from everybody until it closes: which records, which events, since when.

One reading for every page: the audit leaves it out of its lists, counts, files and packs (`audit.registry.withheld`),
and publishes no newer checkpoint meanwhile (`audit.registry.held_back`). The pages of a vote mask its roll themselves.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast

from accounts.events import Verb as AccountsVerb
from audit.models import Event
from board.events import Verb
from board.models import Ballot, Elector, HoldLapse, HoldRenewal, Position, Recusal
from board.states import ENDED_EARLY, BallotState
from core import clock
from core.policies import Actor
from core.prepared import Given, Prepared
from core.reading import shared

#: What is recorded about a ballot and tells of a position or a recusal, done or refused.
TELLING = (
    Verb.POSITION_TAKEN,
    Verb.MEMBER_RECUSED,
    Verb.HOLD_RENEWED,
    Verb.HOLD_LAPSED,
    Verb.POSITION_ANSWERED,
)


@dataclass(frozen=True)
class SecretVote:
    """A ballot whose positions are secret now; `opened`: the number of the event that opened it."""

    ballot_id: UUID
    opened: int


def secret_votes() -> list[SecretVote]:
    """Those there are now, as `Ballot.keeps_secret` says of one. A page reads them once."""

    def read() -> list[SecretVote]:
        return [SecretVote(*row) for row in _secret_votes().ask(now=clock.now())]

    return shared(("board.secret_votes",), read)


@cache
def _secret_votes() -> Prepared[tuple[UUID, int]]:
    opening = Event.objects.filter(
        verb=Verb.BALLOT_OPENED,
        outcome=Event.Outcome.DONE,
        target_type=Ballot._meta.label,
        target_id=Cast(OuterRef("pk"), TextField()),
    )
    kept = Q(state=BallotState.OPEN) | Q(state__in=ENDED_EARLY, closes_at__gt=Given("now"))
    rows = Ballot.objects.filter(kept, terms__secret=True)
    numbered = rows.order_by().annotate(opened=Subquery(opening.order_by().values("number")[:1]))
    return Prepared(numbered.values_list("pk", "opened"))


def openings_of_secret_votes() -> list[int]:
    """The events after which no checkpoint is published for now."""
    return [vote.opened for vote in secret_votes()]


def told_at_the_close(viewer: Actor) -> dict[str, list[Any]]:
    """The records and events that nobody may know of before secret votes close, by model label; whoever asks."""
    return shared(("board.told_at_the_close",), _told_at_the_close)


def _told_at_the_close() -> dict[str, list[Any]]:
    votes = secret_votes()
    if not votes:
        return {}
    keys, since = [vote.ballot_id for vote in votes], min(vote.opened for vote in votes)
    found: dict[str, list[Any]] = defaultdict(list)
    of_a_ballot = [_labelled(model, ballot__in=keys) for model in (Position, Recusal)]
    of_a_hold = [_labelled(model, position__ballot__in=keys) for model in (HoldRenewal, HoldLapse)]
    for label, key in of_a_ballot[0].union(*of_a_ballot[1:], *of_a_hold, all=True):
        found[label].append(key)
    about = Q(verb__in=TELLING, target_type=Ballot._meta.label, target_id__in=[str(key) for key in keys])
    # What an elector was refused may say that they have voted or are recused; a factor is confirmed in order to vote.
    electors = Elector.objects.filter(ballot__in=keys).order_by().values("person_id")
    hinting = Q(outcome=Event.Outcome.REFUSED) | Q(
        verb__in=[AccountsVerb.FACTOR_CONFIRMED, AccountsVerb.FACTOR_FAILED]
    )
    events = Event.objects.filter(about | Q(hinting, actor_id__in=electors), number__gt=since)
    found[Event._meta.label] = list(events.order_by().values_list("number", flat=True))
    return dict(found)


def _labelled(model: Any, **condition: Any) -> Any:
    rows = model.objects.filter(**condition).order_by()
    return rows.values_list(Value(model._meta.label, output_field=TextField()), "pk")
