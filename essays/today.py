"""What essays tell Today and the search."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import Hit, News, Searchable, news, searchable
from accounts.states import Role
from core.policies import Actor, any_of
from core.search import Sought, matching
from essays.events import Verb
from essays.models import ESSAY_WORDS, Essay
from essays.policies import may_read_essays
from essays.states import EssayState


def reads(actor: Actor) -> bool:
    return bool(may_read_essays(actor))


def find_essays(actor: Actor, words: Sought) -> QuerySet[Any]:
    rows = (
        Essay.objects.select_related("series").only("title", "number", "state", "series__title")
        if reads(actor)
        else Essay.objects.none()
    )
    return matching(rows, words, name="title", fields=ESSAY_WORDS)


def hit_essay(row: Any) -> Hit:
    state = EssayState(row.state).label
    return Hit(
        row.title, reverse("essays:essay", args=[row.pk]), f"{row.series.title}, issue {row.number}. {state}."
    )


def works_on_them(actor: Actor) -> bool:
    return any_of(actor, Role.STEWARD, Role.EDITOR, Role.PUBLISHER, Role.AUDITOR)


def _page(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=[key])


searchable.register("essays", Searchable("essays", find_essays, hit_essay, order=70))

# Reviews are not told: they are hidden from the other editor until theirs is in.
for verb, sentence, url in (
    (Verb.SERIES_FOUNDED, "founded the column", _page("essays:series")),
    (Verb.ESSAY_REQUESTED, "asked for the essay", _page("essays:essay")),
    (Verb.DRAFT_RECORDED, "received the essay from its author", _page("essays:essay")),
    (Verb.GENERATION_FAILED, "received no whole text", _page("essays:essay")),
    (Verb.ESSAY_APPROVED, "recorded that two editors recommend it", _page("essays:essay")),
    (Verb.ESSAY_PAUSED, "paused the essay", _page("essays:essay")),
    (Verb.ESSAY_RELEASED, "released the essay", _page("essays:essay")),
    (Verb.ESSAY_DECLINED, "declined the essay", _page("essays:essay")),
    (Verb.ESSAY_WITHDRAWN, "withdrew the essay", _page("essays:essay")),
    (Verb.ESSAY_PUBLISHED, "published the essay", _page("essays:essay")),
):
    news.register(verb, News(sentence, url, reads if verb == Verb.ESSAY_PUBLISHED else works_on_them))
