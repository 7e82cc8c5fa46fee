"""Asking the author: the request, asking again, giving up."""

from uuid import UUID

from audit.commands import because, command, locked, record
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from essays import asking, policies, queries, steps
from essays.events import Verb
from essays.headline import MOST_CHARACTERS
from essays.models import Essay, Series
from essays.states import ESSAY, EssayState, WordingKind
from modelcalls.states import CallState

_RELATED = ("series__ai_model__endpoint", "prompt", "call")


@command(Verb.ESSAY_REQUESTED)
def request_essay(
    *,
    actor: Actor,
    series_id: UUID,
    title: str = "",
    note: str = "",
    max_tokens: int = asking.USUAL_TOKENS,
    temperature: float | None = None,
) -> Essay:
    """Ask the column's author for its next issue.

    `title` is used only when the author writes none of its own; `note` is added to the standing prompt and
    stays visible. Unacceptable when the author cannot be called.
    """
    series = locked(Series, series_id, select_related=("ai_model__endpoint",))
    require(policies.may_request_essay(actor))
    _require_title(title)
    if not asking.FEWEST_TOKENS <= max_tokens <= asking.MOST_TOKENS:
        raise Unacceptable(
            f"Allow between {asking.FEWEST_TOKENS} and {asking.MOST_TOKENS:,} tokens.", "max_tokens"
        )
    prompt = queries.wording_in_force(series, WordingKind.PROMPT)
    assert prompt is not None, "a column is founded with a standing prompt"
    number = queries.next_number(series)
    essay = Essay(
        series=series,
        number=number,
        title=title.strip() or f"{series.title}, issue {number}",
        prompt=prompt,
        note=note.strip(),
        max_tokens=max_tokens,
        temperature=temperature,
        commissioned_by_id=steps.person(actor),
        requested_at=clock.now(),
    )
    essay.save(force_insert=True)
    record(essay, data={"issue": number, "prompt_version": prompt.number, "max_tokens": max_tokens})
    steps.ask_author(essay)
    return essay


@command(Verb.ESSAY_ASKED_AGAIN)
def ask_again(*, actor: Actor, essay_id: UUID, reason: str, max_tokens: int | None = None) -> Essay:
    """Ask the author once more after a try that brought no whole text. What came before stays visible.

    IllegalMove after a refusal (it is an answer), while a call is under way, and after MOST_ASKED_AGAIN
    times.
    """
    essay = locked(Essay, essay_id, select_related=_RELATED)
    require(policies.may_ask_again(actor))
    ESSAY.require(
        essay.state,
        EssayState.GENERATING,
        "The author is asked again only while there is no text. A text that came is read, not rolled again.",
    )
    call = essay.call
    if call is not None and call.state in {CallState.QUEUED, CallState.RUNNING}:
        raise IllegalMove("The author is being asked at this moment. Wait for this call to end.")
    if call is not None and call.state == CallState.REFUSED:
        raise IllegalMove(
            "The author refused. That is its answer: it is kept and not asked for again. Withdraw the issue."
        )
    if essay.asked_again >= asking.MOST_ASKED_AGAIN:
        raise IllegalMove(
            f"The author was asked again {essay.asked_again} times, which is the most. Withdraw this issue."
        )
    if not reason.strip():
        raise Unacceptable("Say why the author is asked again.", "reason")
    if max_tokens is not None:
        if not asking.FEWEST_TOKENS <= max_tokens <= asking.MOST_TOKENS:
            raise Unacceptable(
                f"Allow between {asking.FEWEST_TOKENS} and {asking.MOST_TOKENS:,} tokens.", "max_tokens"
            )
        essay.max_tokens = max_tokens
    because(reason.strip())
    essay.asked_again += 1
    record(essay, data={"again": essay.asked_again, "max_tokens": essay.max_tokens})
    steps.ask_author(essay)
    return essay


@command(Verb.ESSAY_WITHDRAWN)
def withdraw_essay(*, actor: Actor, essay_id: UUID, reason: str) -> Essay:
    """Give an issue up before it is out. Everything about it stays on record; its number is free again."""
    essay = locked(Essay, essay_id, select_related=("call",))
    require(policies.may_withdraw_essay(actor))
    ESSAY.require(essay.state, EssayState.WITHDRAWN)
    if essay.call is not None and essay.call.state in {CallState.QUEUED, CallState.RUNNING}:
        raise IllegalMove(
            "The author is being asked at this moment. Wait for the call to end, or cancel it first."
        )
    if not reason.strip():
        raise Unacceptable("Say why the issue is given up.", "reason")
    because(reason.strip())
    steps.move(essay, EssayState.WITHDRAWN)
    record(essay)
    return essay


def _require_title(title: str) -> None:
    if len(title.strip()) > MOST_CHARACTERS:
        raise Unacceptable(f"Keep the title under {MOST_CHARACTERS} characters.", "title")
