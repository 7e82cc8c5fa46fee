"""What several commands of this app share, and what a finished model call brings. Runs inside an open command
only.
"""

from typing import Any
from uuid import UUID

from django.utils.text import slugify

from audit.commands import in_command, locked, record
from board.models import Certificate
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from core.policies import Actor
from essays import asking, digest, headline, queries
from essays.events import Verb
from essays.mails import tell_of_review
from essays.models import Draft, Essay, Revision, Series, Wording
from essays.states import ESSAY, NEEDED, Decision, EssayState, Outcome, Recommendation
from modelcalls.models import Attempt, Call
from modelcalls.states import CallState
from modelcalls.steps import queue_call


def person(actor: Actor) -> UUID:
    """The id of the person who acts; NotAllowed for a process: what is signed here is signed by somebody."""
    if actor.id is None:
        raise NotAllowed("Only a person does this.")
    return actor.id


def adopt(series: Series, kind: str, text: str, actor: Actor) -> Wording:
    """The next version of one of a column's wordings."""
    in_command()
    latest = queries.wording_in_force(series, kind)
    row = Wording(
        series=series,
        kind=kind,
        number=latest.number + 1 if latest else 1,
        text=digest.lines(text).strip(),
        adopted_by_id=person(actor),
        adopted_at=clock.now(),
    )
    row.save(force_insert=True)
    return row


def ask_author(essay: Essay) -> Call:
    """Queue a call to the author and move the essay on to being written."""
    endpoint = essay.series.ai_model.endpoint
    if endpoint is None:
        raise Unacceptable(
            f"{essay.series.ai_model.name} cannot be asked: it has no endpoint. Give it one on its page."
        )
    ESSAY.require(essay.state, EssayState.GENERATING)
    essay.call = queue_call(
        endpoint=endpoint,
        purpose=asking.PURPOSE,
        subject=essay.id,
        slot=asking.slot(essay.id, essay.asked_again),
        messages=asking.messages(essay.prompt.text, essay.note),
        max_tokens=essay.max_tokens,
        temperature=essay.temperature,
    )
    essay.state = EssayState.GENERATING
    essay.save()
    return essay.call


def receive_draft(call: Call, attempt: Attempt) -> None:
    """What modelcalls runs when a call of ours has ended, in the transaction that records it.

    Every end is kept as a draft. Only a complete answer with words in it becomes the text under review, and
    only while the essay waits for one: an answer that comes when there is a text already is set aside, where
    everybody can see it.
    """
    essay = locked(Essay, call.subject, select_related=("series",))
    draft = _keep(essay, call, attempt)
    waits = essay.state in {EssayState.GENERATING, EssayState.GENERATION_FAILED}
    if draft.outcome == Outcome.COMPLETED and waits:
        record(essay, verb=Verb.DRAFT_RECORDED, data=_facts(draft))
        _open_review(essay, draft)
    elif (
        draft.outcome != Outcome.COMPLETED
        and essay.state == EssayState.GENERATING
        and essay.call_id == call.id
    ):
        move(essay, EssayState.GENERATION_FAILED)
        record(essay, verb=Verb.GENERATION_FAILED, data=_facts(draft))
    else:
        record(essay, verb=Verb.DRAFT_SET_ASIDE, data=_facts(draft))


def make_revision(
    essay: Essay, draft: Draft, *, title: str, body: str, edits: list[dict[str, Any]]
) -> Revision:
    """A new text to be reviewed, under the disclaimer in force. Reviews of an earlier one no longer count."""
    in_command()
    disclaimer = queries.disclaimer_in_force(essay.series)
    latest = queries.current_revision(essay)
    revision = Revision(
        essay=essay,
        number=latest.number + 1 if latest else 1,
        draft=draft,
        title=title,
        body=digest.lines(body),
        disclaimer=disclaimer,
        edits=edits,
        essay_digest=digest.essay_digest(
            body=body, title=title, disclaimer_version=disclaimer.number, edits=edits
        ),
        made_at=clock.now(),
    )
    revision.save(force_insert=True)
    return revision


def standing_text(essay: Essay, expected: str) -> Revision:
    """The text that stands now, when it is the one with this digest; otherwise IllegalMove."""
    revision = queries.current_revision(essay)
    if revision is None or revision.essay_digest != expected:
        raise IllegalMove(
            "The text has changed since you opened this page. Read it again as it is now, then answer."
        )
    return revision


def settle_review(essay: Essay, revision: Revision) -> None:
    """Put the essay where the reviews of this very text, and what was decided about a pause, leave it."""
    given = [review.recommendation for review in queries.reviews_of(revision)]
    if Recommendation.DECLINE in given and queries.pause_verdict(revision) != Decision.RELEASE:
        move(essay, EssayState.ON_HOLD)
        record(essay, verb=Verb.ESSAY_PAUSED, data={"digest": revision.essay_digest})
    elif given.count(Recommendation.PUBLISH) >= NEEDED:
        move(essay, EssayState.APPROVED)
        record(essay, verb=Verb.ESSAY_APPROVED, data={"digest": revision.essay_digest})
    elif essay.state == EssayState.ON_HOLD:
        move(essay, EssayState.IN_REVIEW)


def decline_by_decision(
    essay_id: UUID | None, *, digest: str, reason_code: str, certificate: Certificate
) -> None:
    """The board declined the text with this digest. One that changed or is no longer paused stays as it is."""
    in_command()
    essay = locked(Essay, essay_id or "")
    revision = queries.current_revision(essay)
    if essay.state != EssayState.ON_HOLD or revision is None or revision.essay_digest != digest:
        return
    essay.declined_by = certificate
    move(essay, EssayState.DECLINED)
    record(
        essay,
        verb=Verb.ESSAY_DECLINED,
        data={"reason_code": reason_code, "digest": digest, "decision": certificate.number},
    )


def _keep(essay: Essay, call: Call, attempt: Attempt) -> Draft:
    outcome = Outcome(call.state) if call.state in Outcome.values else Outcome.FAILED
    if call.state == CallState.COMPLETED and not attempt.text.strip():
        outcome = Outcome.EMPTY
    draft = Draft(
        essay=essay,
        number=essay.drafts.count() + 1,
        call=call,
        attempt=attempt,
        outcome=outcome,
        text=attempt.text,
        text_digest=digest.text_digest(attempt.text),
        recorded_at=clock.now(),
    )
    draft.save(force_insert=True)
    return draft


def _open_review(essay: Essay, draft: Draft) -> None:
    if essay.state == EssayState.GENERATION_FAILED:
        essay.state = EssayState.GENERATING
    ESSAY.require(essay.state, EssayState.DRAFTED)
    essay.state = EssayState.DRAFTED
    essay.title = headline.title_of(draft.text, essay.title)
    essay.slug = _free_slug(essay)
    essay.save()
    revision = make_revision(essay, draft, title=essay.title, body=draft.text, edits=[])
    move(essay, EssayState.IN_REVIEW)
    record(essay, verb=Verb.REVIEW_OPENED, data={"digest": revision.essay_digest})
    tell_of_review(essay, revision)


def move(essay: Essay, state: EssayState) -> None:
    ESSAY.require(essay.state, state)
    essay.state = state
    essay.save()


def _free_slug(essay: Essay) -> str:
    """A slug from the title that no other issue of the column bears. The column is locked: two must not take
    one.
    """
    locked(Series, essay.series_id)
    taken = Essay.objects.filter(series_id=essay.series_id).exclude(pk=essay.pk)
    wanted = slugify(essay.title)[:60].strip("-") or f"issue-{essay.number}"
    slug, again = wanted, 1
    while taken.filter(slug=slug).exists():
        again += 1
        slug = f"{wanted}-{again}"
    return slug


def _facts(draft: Draft) -> dict[str, Any]:
    return {
        "try": draft.number,
        "outcome": draft.outcome,
        "digest": draft.text_digest,
        "call": draft.call.number,
    }
