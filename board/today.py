"""What the board tells Today and the search: votes that close, what happened, proposals and decisions."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import MOST, Due, Hit, News, Searchable, due, news, searchable
from board import policies
from board.events import Verb
from board.models import Motion
from board.models.certificates import CERTIFICATE_WORDS
from board.models.motions import MOTION_WORDS
from board.queries import ballots_closing, seen_by
from board.states import MotionState
from core.policies import Actor
from core.search import Sought, matching


def closing(actor: Actor, until: date) -> list[Due]:
    """Votes that close by the end of that day, for those who may read the board."""
    if not policies.may_read_board(actor):
        return []
    end = datetime.combine(until, time.max, UTC)
    return [
        Due(
            f"Vote closes: {row.motion.title}",
            reverse("board:ballot", args=[row.pk]),
            row.closes_at,
            row.motion.board.name,
        )
        for row in ballots_closing(actor, end)[:MOST]
    ]


def reads(actor: Actor) -> bool:
    return bool(policies.may_read_board(actor))


def page(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=[key])


def _board(key: str) -> str:
    return reverse("board:board")


def find_proposals(actor: Actor, words: Sought) -> QuerySet[Any]:
    rows = Motion.objects.only("number", "title", "state") if reads(actor) else Motion.objects.none()
    return matching(rows, words, name="title", fields=MOTION_WORDS, number="number")


def hit_proposal(row: Any) -> Hit:
    state = MotionState(row.state).label
    return Hit(row.title, reverse("board:motion", args=[row.pk]), f"Proposal {row.number}. {state}.")


def find_decisions(actor: Actor, words: Sought) -> QuerySet[Any]:
    rows = seen_by(actor).select_related("ballot__motion").only("number", "sentence", "ballot__motion__title")
    return matching(rows, words, name="ballot__motion__title", fields=CERTIFICATE_WORDS)


def hit_decision(row: Any) -> Hit:
    return Hit(
        f"Decision {row.number}: {row.ballot.motion.title}",
        reverse("board_public:decision", args=[row.number]),
        row.sentence,
    )


due.register("board", closing)
searchable.register("decisions", Searchable("decisions", find_decisions, hit_decision, order=40))
searchable.register("proposals", Searchable("proposals", find_proposals, hit_proposal, order=50))

# Positions and recusals are not told: a secret vote keeps even their number until it closes.
for verb, sentence, url in (
    (Verb.MOTION_MOVED, "put a proposal to the board", page("board:motion")),
    (Verb.MOTION_EDITED, "changed the proposal", page("board:motion")),
    (Verb.MOTION_WITHDRAWN, "withdrew the proposal", page("board:motion")),
    (Verb.BALLOT_OPENED, "opened the vote", page("board:ballot")),
    (Verb.BALLOT_CLOSED, "closed the vote", page("board:ballot")),
    (Verb.BALLOT_SUPERSEDED, "ended the round for a new one", page("board:ballot")),
    (Verb.SEAT_ENDED, "ended a seat on the board", _board),
    (Verb.MEMBER_SEATED, "gave a seat on the board", _board),
    (Verb.TERMS_ADOPTED, "adopted voting rules", _board),
):
    news.register(verb, News(sentence, url, reads))
