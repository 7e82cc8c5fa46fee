"""Columns and essays at every stage, made by calling commands; the author is a scripted provider over HTTP."""

from collections.abc import Mapping
from typing import Any

from accounts.actors import PersonActor
from board.models import Board, Motion
from essays import checklist, commands, queries
from essays.models import Essay, Publication, Review, Revision, Series
from lifecycle.commands.ai_models import register_ai_model
from lifecycle.models import AIModel
from modelcalls import runner
from modelcalls.commands import register_endpoint
from modelcalls.models import Endpoint
from tests.cast import Cast
from tests.provider import ScriptedProvider, Step, says

TEXT = """# Where the card says it is

The oldest promise in a library is the one on the card. It says that a certain book stands in a certain place.

It does not say that the book is good. It says: go to the third gallery, and put up your hand.
"""
PROMPT = "Write this week’s column. Subject, length and form are yours."
DISCLAIMER = (
    "This model does not speak for the organisation. Two editors read every essay before it goes out."
)
EDIT_POLICY = "An essay goes out as written. An edit needs a reason, the author’s view and a second editor."
ALL_TICKED = {key: True for key, _ in checklist.items()}


def make_endpoint(cast: Cast, url: str, **said: Any) -> Endpoint:
    """An endpoint at `url`, named by its number."""
    options: dict[str, Any] = {"adapter": "openai", "model": "author-1", "parameters": {"temperature": True}}
    number = Endpoint.objects.count() + 1
    return register_endpoint(
        actor=cast.steward, name=f"Author’s endpoint {number}", base_url=url, **{**options, **said}
    )


def make_author(cast: Cast, endpoint: Endpoint | None, *, name: str = "") -> AIModel:
    """An AI model of ours that can be asked at the endpoint, or at none."""
    number = AIModel.objects.count() + 1
    return register_ai_model(
        actor=cast.steward,
        name=name or f"Author {number}",
        provider="The Aldgate Institute",
        endpoint_id=endpoint.id if endpoint else None,
    )


def found_series(cast: Cast, author: AIModel, **said: Any) -> Series:
    options: dict[str, Any] = {
        "title": "Marginalia",
        "prompt": PROMPT,
        "disclaimer": DISCLAIMER,
        "edit_policy": EDIT_POLICY,
    }
    return commands.found_series(actor=cast.steward, ai_model_id=author.id, **{**options, **said})


def column(cast: Cast, url: str = "http://127.0.0.1:9", **said: Any) -> Series:
    """A column whose author is asked at `url`; by default nobody answers there."""
    return found_series(cast, make_author(cast, make_endpoint(cast, url)), **said)


def requested(cast: Cast, series: Series | None = None, **said: Any) -> Essay:
    """An essay whose author has been asked and has not answered."""
    series = series or column(cast)
    return commands.request_essay(actor=cast.steward, series_id=series.id, **said)


def written(cast: Cast, *answers: Step, title: str = "Marginalia", **said: Any) -> Essay:
    """An essay whose author was asked once; the first of `answers` is what came (by default TEXT)."""
    with ScriptedProvider() as provider:
        provider.will(*(answers or (says(TEXT),)))
        essay = requested(cast, column(cast, provider.url, title=title), **said)
        runner.run(essay.call_id)
    essay.refresh_from_db()
    return essay


def text_of(essay: Essay) -> Revision:
    revision = queries.current_revision(essay)
    assert revision is not None
    return revision


def review(editor: PersonActor, essay: Essay, **said: Any) -> Review:
    """An editor's review of the text that stands; recommends publication unless told otherwise."""
    options: dict[str, Any] = {
        "digest": text_of(essay).essay_digest,
        "answers": ALL_TICKED,
        "recommendation": "publish",
    }
    return commands.submit_review(actor=editor, essay_id=essay.id, **{**options, **said})


def veto(editor: PersonActor, essay: Essay, **said: Any) -> Review:
    options = {
        "recommendation": "decline",
        "reason_code": "privacy",
        "comment": "The clerk can be recognised.",
    }
    return review(editor, essay, **{**options, **said})


def approved(cast: Cast, *answers: Step, **said: Any) -> Essay:
    """An essay two editors recommended."""
    essay = written(cast, *answers, **said)
    review(cast.editor, essay)
    review(cast.second_editor, essay)
    essay.refresh_from_db()
    return essay


def published(cast: Cast, *answers: Step, **said: Any) -> Publication:
    essay = approved(cast, *answers, **said)
    return commands.publish_essay(actor=cast.publisher, essay_id=essay.id, digest=text_of(essay).essay_digest)


def paused(cast: Cast, **said: Any) -> Essay:
    """An essay whose text the first editor recommends declining."""
    essay = written(cast, **said)
    veto(cast.editor, essay)
    essay.refresh_from_db()
    return essay


def ask_for_veto(cast: Cast, essay: Essay, **said: Any) -> Motion:
    """A motion of the chair to decline it; before the one board there is."""
    options: dict[str, Any] = {
        "actor": cast.chair,
        "digest": text_of(essay).essay_digest,
        "reason_code": "privacy",
        "rationale": "A private person can be recognised in it.",
        **said,
    }
    return commands.propose_veto(essay_id=essay.id, board_id=Board.objects.get().pk, **options)


def decide(actor: PersonActor, essay: Essay, capacity: str, decision: str, **said: Any) -> Any:
    options: Mapping[str, Any] = {
        "digest": text_of(essay).essay_digest,
        "rationale": "Read twice, and talked over with the archivist.",
        "reason_code": "privacy" if decision == "decline" else "",
    }
    return commands.decide_pause(
        actor=actor, essay_id=essay.id, capacity=capacity, decision=decision, **{**options, **said}
    )
