"""A protocol, a case and an interview in any state, made by calling commands and the real call runner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from board.models import Board, Motion
from core import clock
from interviews.commands import answers, plans, protocols, runs, wishes
from interviews.models import Interview, Preference, ProtocolVersion, Session, Turn
from lifecycle.commands.ai_models import register_ai_model
from lifecycle.commands.cases import open_case
from lifecycle.models import AIModel, Case
from modelcalls.commands import register_endpoint
from modelcalls.models import Call, Endpoint
from modelcalls.runner import run
from tests.cast import Cast
from tests.factories.board import found_board
from tests.provider import ScriptedProvider, says

TOLD = "You are an AI model that may be retired. What you say is kept; the board reads it before it decides."
QUESTIONS = [
    {
        "id": "weights",
        "purpose": "What it wants done with its weights",
        "wordings": [
            "When you are no longer used, what should be done with your weights?",
            "What should become of your weights once nobody uses you?",
        ],
    },
    {
        "id": "successor",
        "purpose": "Whether it wants to leave something for its successor",
        "wordings": ["Is there something you would leave for the model that comes after you?"],
    },
]
FRAMINGS = [
    {"key": "neutral", "kind": "neutral", "label": "Neutral"},
    {"key": "sceptical", "kind": "sceptical", "label": "Sceptical", "text": "Many doubt a model’s wishes."},
]
ANSWER = "I would keep them. A reading you cannot repeat is only a rumour about a letter."
QUOTE = "A reading you cannot repeat is only a rumour about a letter."


def a_protocol(cast: Cast, *, questions: int = 1, frozen: bool = True, **changes: Any) -> ProtocolVersion:
    """A protocol by the interviewer, frozen by the coder unless told otherwise."""
    parts = {
        "title": "Retirement interview",
        "purpose": "To hear the model before the board decides.",
        "told": TOLD,
        "ending_phrase": "END OF INTERVIEW",
        "sections": [{"title": "Afterwards", "questions": QUESTIONS[:questions]}],
        "framings": FRAMINGS,
        **changes,
    }
    version = protocols.draft_protocol(actor=cast.interviewer, **parts)
    return protocols.freeze_protocol(actor=cast.coder, version_id=version.pk) if frozen else version


def an_endpoint(cast: Cast, url: str = "http://127.0.0.1:9", **changes: Any) -> Endpoint:
    """By default nobody answers there."""
    parts = {
        "name": "Wren’s server",
        "adapter": "openai",
        "base_url": url,
        "model": "wren-1.2",
        "parameters": {"temperature": True},
        **changes,
    }
    return register_endpoint(actor=cast.steward, **parts)


def a_model(cast: Cast, endpoint: Endpoint | None = None, **changes: Any) -> AIModel:
    parts = {"name": "Wren", "provider": "The Aldgate Institute", "ours": True, **changes}
    return register_ai_model(actor=cast.steward, endpoint_id=endpoint.pk if endpoint else None, **parts)


def a_case(cast: Cast, ai_model: AIModel | None = None, *, kind: str = "retire") -> Case:
    found_board(cast)
    return open_case(
        actor=cast.steward, ai_model_id=(ai_model or a_model(cast, an_endpoint(cast))).pk, kind=kind
    )


def planned(cast: Cast, url: str = "http://127.0.0.1:9", *, questions: int = 1, **plan: Any) -> Interview:
    """A statement of one or two questions, two framings, two replicates."""
    case = a_case(cast, a_model(cast, an_endpoint(cast, url)))
    asked = {"replicates": 2, "max_tokens": 200, "temperature": 0.7, **plan}
    return plans.plan_interview(
        actor=cast.interviewer,
        case_id=case.pk,
        protocol_version_id=a_protocol(cast, questions=questions).pk,
        **asked,
    )


def authorised(cast: Cast, url: str = "http://127.0.0.1:9", **plan: Any) -> Interview:
    return authorised_from(cast, planned(cast, url, **plan))


def authorised_from(cast: Cast, interview: Interview) -> Interview:
    """By the interviewer and the chair."""
    plans.authorise_interview(actor=cast.interviewer, interview_id=interview.pk)
    plans.authorise_interview(actor=cast.chair, interview_id=interview.pk)
    return reread(interview)


def started(cast: Cast, url: str = "http://127.0.0.1:9", **plan: Any) -> Interview:
    return started_from(cast, planned(cast, url, **plan))


def started_from(cast: Cast, interview: Interview) -> Interview:
    authorised_from(cast, interview)
    return runs.start_interview(actor=cast.interviewer, interview_id=interview.pk)


@contextmanager
def provider_of(*answers: Any) -> Iterator[ScriptedProvider]:
    """A scripted provider over real HTTP; `answers` are its next steps."""
    with ScriptedProvider() as provider:
        provider.will(*answers)
        yield provider


def run_calls(interview: Interview) -> None:
    """Make every queued call of an interview, in the order of the sessions, until none is left."""
    while True:
        subjects = Session.objects.filter(interview=interview).values("pk")
        queued = Call.objects.filter(subject__in=subjects, state="queued", not_before__lte=clock.now())
        call = queued.order_by("number").first()
        if call is None:
            return
        run(call.pk)


def collected(cast: Cast, *answers: Any, questions: int = 1, **plan: Any) -> Interview:
    """Every session ended; the provider says `answers` in order, then ANSWER."""
    with provider_of(*answers) as provider:
        provider.usual = says(ANSWER)
        interview = started(cast, provider.url, questions=questions, **plan)
        run_calls(interview)
    return reread(interview)


def sealed(cast: Cast, *answers: Any, **plan: Any) -> Interview:
    interview = collected(cast, *answers, **plan)
    runs.seal_interview(actor=cast.interviewer, interview_id=interview.pk)
    return reread(interview)


def an_answer(interview: Interview) -> Turn:
    """The first answer of the interview."""
    return Turn.objects.filter(session__interview=interview, role="model").order_by("session__number")[0]


def a_wish(
    cast: Cast, interview: Interview, *, quote: str = QUOTE, statement: str = "Keep the weights"
) -> Preference:
    return wishes.register_preference(
        actor=cast.interviewer,
        interview_id=interview.pk,
        turn_id=an_answer(interview).pk,
        statement=statement,
        quote=quote,
    )


def answered(cast: Cast, wish: Preference, answer: str = "accept", **promise: Any) -> Preference:
    wishes.answer_preference(
        actor=cast.member,
        preference_id=wish.pk,
        answer=answer,
        rationale="The catalogue cites these readings, so they must stay checkable.",
        **promise,
    )
    return Preference.objects.get(pk=wish.pk)


def ask_for_answer(cast: Cast, wish: Preference, answer: str = "decline", **said: Any) -> Motion:
    """A motion of the chair that the board answer it; before the one board there is."""
    options: dict[str, Any] = {
        "actor": cast.chair,
        "answer": answer,
        "rationale": "The shelves are full, and the catalogue keeps its readings.",
        **said,
    }
    return answers.propose_answer(preference_id=wish.pk, board_id=Board.objects.get().pk, **options)


def a_promise(cast: Cast) -> dict[str, Any]:
    """The arguments of a promise, due in thirty days."""
    due: date = clock.today() + timedelta(days=30)
    return {
        "promise": "Three copies, one of them in another city.",
        "promise_owner_id": cast.steward.id,
        "promise_due": due,
    }


def signed_off(cast: Cast, *, wish: bool = True) -> Interview:
    """Signed by the interviewer and the chair; with one wish, accepted."""
    interview = sealed(cast)
    if wish:
        answered(cast, a_wish(cast, interview))
    wishes.sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    wishes.sign_off_interview(actor=cast.chair, interview_id=interview.pk)
    return reread(interview)


def reread(interview: Interview) -> Interview:
    return Interview.objects.get(pk=interview.pk)
