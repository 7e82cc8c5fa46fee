"""The story of one retirement in eight steps: local mode only. Each opens a real screen as the right person.

Here: the steps, where each leads, and whether the story may be told at all. Nothing here decides what people may
do: who is signed in by it may do what that person may.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from accounts.models import Person
from audit.models import Event
from board.models import Ballot, Certificate
from board.states import LIVE_BALLOT
from config.demo import notices, texts
from config.demo.people import BY_PART
from essays.models import Publication
from interviews.models import Interview
from lifecycle.models import AIModel, Case

ISSUE = 5
"""The issue of the column that is read."""


@dataclass(frozen=True)
class Step:
    """One step. `asks` is the question its screen answers; `find` gives the screen's address, or ""."""

    key: str
    title: str
    says: str
    asks: str
    part: str
    find: Callable[[], str]
    number: int = 0
    url: str = ""

    @property
    def who(self) -> str:
        return BY_PART[self.part].name

    @property
    def role(self) -> str:
        return self.part.replace("_", " ").removeprefix("second ")

    @property
    def picture(self) -> str:
        return f"config/_story_{self.key}.html"


def may_be_told() -> bool:
    """Signing somebody in without a password is for a machine of one's own: local mode and DEBUG, both."""
    return bool(settings.LOCAL_MODE and settings.DEBUG)


def steps() -> list[Step]:
    """All eight, numbered, each with its address where its records are there."""
    return [replace(step, number=number, url=step.find()) for number, step in enumerate(STEPS, 1)]


def step(key: str) -> Step | None:
    """One step with its address; None when there is none, or nothing to open."""
    found = next((each for each in STEPS if each.key == key), None)
    url = found.find() if found else ""
    return replace(found, url=url) if found and url else None


def person_of(part: str) -> Person | None:
    """The demo person who plays a part, when they are here and active. Nobody else is ever signed in by a story."""
    return (
        Person.objects.filter(user__email=BY_PART[part].email, user__is_active=True, active=True)
        .select_related("user")
        .first()
    )


def _notice() -> str:
    slug = (
        AIModel.objects.filter(name=notices.LARGE, provider=notices.PROVIDER)
        .values_list("slug", flat=True)
        .first()
    )
    return reverse("lifecycle_public:model", args=[slug]) if slug else ""


def _case() -> str:
    case = Case.objects.filter(title=texts.CASE_HALDANE_2["title"]).order_by("number").first()
    return reverse("lifecycle:case", args=[case.pk]) if case else ""


def _interview() -> Interview | None:
    return Interview.objects.filter(case__title=texts.CASE_HALDANE_2["title"]).order_by("number").first()


def _asked() -> str:
    interview = _interview()
    return reverse("interviews:interview-transcript", args=[interview.pk]) if interview else ""


def _answer() -> str:
    interview = _interview()
    return f"{reverse('interviews:preference-list')}?interview={interview.pk}" if interview else ""


def _vote() -> str:
    """The open round, or the last one when the vote is over."""
    rounds = Ballot.objects.filter(motion__title=texts.CASE_HALDANE_2["title"])
    ballot = rounds.filter(state__in=LIVE_BALLOT).first() or rounds.order_by("-round").first()
    return reverse("board:ballot", args=[ballot.pk]) if ballot else ""


def _certificate() -> str:
    number = (
        Certificate.objects.filter(ballot__motion__title=texts.CASE_WREN["title"])
        .values_list("number", flat=True)
        .first()
    )
    return reverse("board_public:decision", args=[number]) if number else ""


def _publication() -> Publication | None:
    return (
        Publication.objects.filter(essay__series__title=texts.COLUMN["title"], essay__number=ISSUE)
        .select_related("essay__series")
        .first()
    )


def _essay() -> str:
    out = _publication()
    return reverse("essays_public:essay", args=[out.essay.series.slug, out.essay.slug]) if out else ""


def _proof() -> str:
    """The entry of the timeline in which that essay was published."""
    out = _publication()
    event = (
        Event.objects.filter(verb="essays.essay.published", target_id=str(out.essay_id)).first()
        if out
        else None
    )
    return reverse("audit:event-record", args=[event.number]) if event else ""


STEPS = (
    Step(
        "notice",
        "The notice changed silently",
        "A vendor’s page gave a model two months less than before, and told nobody. Both values stay.",
        "What did a source change behind our back?",
        "steward",
        _notice,
    ),
    Step(
        "case",
        "The case",
        "The institute is to retire a model of its own, Haldane 2, and one file holds all that this rests on.",
        "Where is it, what blocks it, who has it?",
        "secretary",
        _case,
    ),
    Step(
        "asked",
        "What the model asked",
        "Before anybody decides, the model is heard: in two lights, word for word, and then the record is locked.",
        "What did it say, in context?",
        "interviewer",
        _asked,
    ),
    Step(
        "answer",
        "Our answer",
        "Each wish gets a reply with its reason, and what is promised has an owner and a day.",
        "What did it ask, what did we reply?",
        "member",
        _answer,
    ),
    Step(
        "vote",
        "The vote, on a phone",
        "Nine people decide, and one of them has put a hold on it. The chair has ten minutes and a phone.",
        "What am I asked, and what do I say?",
        "chair",
        _vote,
    ),
    Step(
        "certificate",
        "The certificate",
        "An earlier vote, on Wren, is certified: who decided, by which arithmetic, and what the minority said.",
        "What was decided, by whom, why, what follows?",
        "secretary",
        _certificate,
    ),
    Step(
        "essay",
        "The essay, as written",
        "Haldane 1 asked to go on writing, and does. Two editors read each piece; neither changes a comma.",
        "Are these its own words?",
        "editor",
        _essay,
    ),
    Step(
        "proof",
        "Prove it",
        "Every step you saw is an entry nobody can edit: who, when, why, and the row before and after.",
        "Who changed what, when, why?",
        "auditor",
        _proof,
    ),
)
