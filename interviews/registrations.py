"""What interviews tells the apps below it; imported once, when Django is ready."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.registry import Seldom, seldom, waiting
from accounts.states import Profile
from audit.registry import Description, describe
from board.registry import kinds, withheld
from core.policies import Actor
from interviews import (
    answers,
    mails,  # noqa: F401  registers itself
    populations,  # noqa: F401  registers itself
    steps,
    today,  # noqa: F401  registers itself
)
from interviews.models import Session
from interviews.policies import may_read_interviews
from interviews.queries import cases, records
from interviews.queries.exhibits import exhibit_papers as exhibits_on_paper
from interviews.queries.wishes import ANSWER
from lifecycle.registry import (
    Requirement,
    case_panels,
    exhibit_papers,
    exhibits,
    panels,
    quotes,
    requirements,
)
from modelcalls.registry import Pause, Purpose, purposes, receivers


def _session_url(session_id: UUID) -> str:
    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        return ""
    page = reverse("interviews:interview-transcript", args=[session.interview_id])
    return f"{page}?session={session.number}"


def _readable(actor: Actor, row: Any) -> bool:
    return bool(may_read_interviews(actor))


def _interview_page(of: Callable[[Any], UUID]) -> Callable[[Any], str]:
    return lambda row: reverse("interviews:interview-detail", args=[of(row)])


kinds.register(ANSWER, answers.KIND_OF_MOTION)
withheld.register("interviews", answers.hidden_motions)
receivers.register(steps.PURPOSE, steps.hear)
purposes.register(
    steps.PURPOSE,
    Purpose(
        label="Interview question",
        roles=frozenset({"interviewer"}),
        url=_session_url,
        again="Ask again on the page of the interview: the transcript there keeps every try.",
        pause=Pause(records.sessions_of_suspended, records.why_model_is_paused),
    ),
)

requirements.register(
    "interview_signed_off",
    Requirement(
        "Retirement interview signed off",
        cases.interview_signed_off,
        order=20,
        asks="The model was heard before it goes, and two people signed the transcript.",
        profiles=frozenset({Profile.SMALL_TEAM, Profile.LAB}),
    ),
)
exhibits.register("interviews", cases.exhibit)
exhibit_papers.register("interviews", exhibits_on_paper)
quotes.register("interviews", cases.quotes)
panels.register("interviews", cases.model_panel)
case_panels.register("interviews", cases.case_panel)
waiting.register("interviews", cases.waiting_for)
seldom.register("wishes", Seldom(cases.unanswered, cases.wishes_waiting_for))

_URLS: dict[str, Callable[[Any], str]] = {
    "Protocol": lambda row: reverse("interviews:protocol-list"),
    "ProtocolVersion": lambda row: reverse("interviews:protocol-detail", args=[row.pk]),
    "Interview": _interview_page(lambda row: row.pk),
    "Design": _interview_page(lambda row: row.interview_id),
    "Authorisation": _interview_page(lambda row: row.interview_id),
    "Session": lambda row: _session_url(row.pk),
    "Turn": lambda row: _session_url(row.session_id),
    "Seal": _interview_page(lambda row: row.interview_id),
    "Preference": lambda row: f"{reverse('interviews:preference-list')}?interview={row.interview_id}",
    "Disposition": lambda row: (
        f"{reverse('interviews:preference-list')}?interview={row.preference.interview_id}"
    ),
    "SignOff": _interview_page(lambda row: row.interview_id),
}
# What a record rests on that is no part of it: a turn on its call, with every attempt.
_RESTS_ON = {"Turn": ("call",), "Session": ("call",), "Design": ("protocol_version",)}
for name, url in _URLS.items():
    describe.register(
        f"interviews.{name}",
        Description(
            label=str,
            url=url,
            visible=_readable,
            rests_on=_RESTS_ON.get(name, ()),
            hub=name in ("Protocol", "ProtocolVersion"),
        ),
    )
