"""What interviews tell Today and the search."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import Hit, News, Searchable, news, searchable
from core.policies import Actor
from core.search import Sought, matching
from interviews.events import Verb
from interviews.models import Interview
from interviews.models.plan import INTERVIEW_WORDS
from interviews.policies import may_read_interviews
from interviews.states import InterviewState


def reads(actor: Actor) -> bool:
    return bool(may_read_interviews(actor))


def find_interviews(actor: Actor, words: Sought) -> QuerySet[Any]:
    rows = (
        Interview.objects.select_related("ai_model").only("title", "state", "ai_model__name")
        if reads(actor)
        else Interview.objects.none()
    )
    return matching(rows, words, name="title", fields=INTERVIEW_WORDS, number="number")


def hit_interview(row: Any) -> Hit:
    state = InterviewState(row.state).label
    return Hit(
        row.title, reverse("interviews:interview-detail", args=[row.pk]), f"{row.ai_model.name}. {state}."
    )


def _page(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=[key])


searchable.register("interviews", Searchable("interviews", find_interviews, hit_interview, order=60))

for verb, sentence, url in (
    (Verb.PROTOCOL_DRAFTED, "wrote a protocol", _page("interviews:protocol-detail")),
    (Verb.PROTOCOL_FROZEN, "froze a protocol", _page("interviews:protocol-detail")),
    (Verb.INTERVIEW_PLANNED, "planned the interview", _page("interviews:interview-detail")),
    (Verb.INTERVIEW_APPROVED, "authorised the interview’s design", _page("interviews:interview-detail")),
    (Verb.INTERVIEW_STARTED, "started the interview", _page("interviews:interview-detail")),
    (Verb.INTERVIEW_COLLECTED, "took the last answer", _page("interviews:interview-detail")),
    (Verb.INTERVIEW_SEALED, "locked the transcript", _page("interviews:interview-detail")),
    (Verb.INTERVIEW_SIGNED, "signed the record", _page("interviews:interview-detail")),
    (Verb.INTERVIEW_VOIDED, "declared the interview void", _page("interviews:interview-detail")),
    (Verb.PREFERENCE_REGISTERED, "registered a wish", lambda key: reverse("interviews:preference-list")),
    (Verb.PREFERENCE_ANSWERED, "answered a wish", lambda key: reverse("interviews:preference-list")),
):
    news.register(verb, News(sentence, url, reads))
