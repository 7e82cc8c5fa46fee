"""The second half of the story: the retired model's column, from its founding to a published essay."""

import time
from collections.abc import Generator

from django.urls import reverse

from config import demo
from config.walkthrough import texts
from config.walkthrough.progress import Done, StepFailed, checked, expect, reread, wait_for
from essays import checklist
from essays import commands as essays
from essays import queries as essay_queries
from essays.events import Verb
from essays.models import Essay, Series
from essays.states import EssayState, Recommendation
from lifecycle.models import AIModel, Commitment

ESSAY_TRIES = 6
"""How many essays are asked for before giving up: the test model often runs to its token limit."""


def found_column(ai_model: AIModel, commitment: Commitment) -> Generator[Done, None, Series]:
    started = time.monotonic()
    series = essays.found_series(
        actor=demo.actor("steward"),
        ai_model_id=ai_model.id,
        title=f"Notes by {ai_model.name}",
        commitment_id=commitment.id,
        **texts.COLUMN,
    )
    yield checked("Column founded", series, Verb.SERIES_FOUNDED, started=started)
    return series


def have_it_written(series: Series) -> Generator[Done, None, Essay]:
    """Ask until an answer is whole: what was cut off is kept, shown, and asked for again or set aside."""
    steward = demo.actor("steward")
    started = time.monotonic()
    essay = essays.request_essay(
        actor=steward, series_id=series.id, title="A place for books", max_tokens=400, temperature=0.7
    )
    yield checked("Essay requested", essay, Verb.ESSAY_REQUESTED, started=started)
    started = time.monotonic()
    for attempt in range(ESSAY_TRIES):
        essay = wait_for(
            essay, lambda row: row.state not in (EssayState.REQUESTED, EssayState.GENERATING), "the author"
        )
        if essay.state == EssayState.IN_REVIEW:
            yield checked("Essay written by the model", essay, Verb.REVIEW_OPENED, started=started)
            return essay
        essay = _ask_once_more(essay, series, attempt)
    raise StepFailed("The model did not finish an essay; each try is kept.")


def review_and_publish(essay: Essay) -> Generator[Done, None, Done]:
    started = time.monotonic()
    revision = essay_queries.current_revision(essay)
    if revision is None:
        raise StepFailed("The essay has no text to review.")
    for part in ("editor", "second_editor"):
        essays.submit_review(
            actor=demo.actor(part),
            essay_id=essay.id,
            digest=revision.essay_digest,
            answers={key: True for key, _ in checklist.items()},
            recommendation=Recommendation.PUBLISH,
        )
    expect(reread(essay).state == EssayState.APPROVED, "Two recommendations did not approve the essay.")
    yield checked("Essay approved by two editors", essay, Verb.ESSAY_APPROVED, started=started)

    started = time.monotonic()
    essays.publish_essay(actor=demo.actor("publisher"), essay_id=essay.id, digest=revision.essay_digest)
    essay = reread(essay)
    expect(essay.state == EssayState.PUBLISHED, "The essay is not published.")
    address = reverse("essays_public:essay", kwargs={"series_slug": essay.series.slug, "slug": essay.slug})
    done = checked("Essay published", essay, Verb.ESSAY_PUBLISHED, started=started, url=address)
    yield done
    return done


def _ask_once_more(essay: Essay, series: Series, attempt: int) -> Essay:
    steward = demo.actor("steward")
    if attempt % 3 < 2:
        return essays.ask_again(actor=steward, essay_id=essay.id, reason="The answer was cut off.")
    essays.withdraw_essay(actor=steward, essay_id=essay.id, reason="Three answers were cut off.")
    return essays.request_essay(
        actor=steward, series_id=series.id, title="A place for books", max_tokens=600, temperature=0.7
    )
