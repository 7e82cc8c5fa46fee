"""Asking the author: what is queued, what every answer leads to, asking again, giving up."""

import pytest

from audit.models import Event
from core.errors import IllegalMove, NotAllowed, Unacceptable
from essays import commands
from essays.models import Draft, Essay
from modelcalls import runner
from modelcalls.commands import cancel_call, retry_call
from modelcalls.models import Call
from tests.cast import Cast
from tests.factories import essays as make
from tests.provider import ScriptedProvider, answers_as, fails, refuses, says, stops_at_limit


def verbs_about(essay: Essay) -> list[str]:
    events = Event.objects.filter(target_type="essays.Essay", target_id=str(essay.id), outcome="done")
    return list(events.order_by("number").values_list("verb", flat=True))


def test_a_request_queues_one_call_with_the_standing_prompt_and_the_note(cast: Cast) -> None:
    essay = make.requested(cast, note="It is the week of the flood.", max_tokens=300, temperature=0.5)
    assert essay.state == "generating"
    assert (essay.number, essay.title) == (1, "Marginalia, issue 1")
    call = Call.objects.get(subject=essay.id)
    assert call == essay.call
    assert call.request == {
        "system": "",
        "messages": [{"role": "user", "content": f"{make.PROMPT}\n\nIt is the week of the flood."}],
        "max_tokens": 300,
        "temperature": 0.5,
    }
    assert verbs_about(essay) == ["essays.essay.requested"]


def test_a_whole_answer_becomes_the_text_under_review_unchanged(cast: Cast) -> None:
    essay = make.written(cast)
    revision = make.text_of(essay)
    assert essay.state == "in_review"
    assert (essay.title, essay.slug) == ("Where the card says it is", "where-the-card-says-it-is")
    assert revision.body == make.TEXT == revision.draft.text
    assert revision.disclaimer.text == make.DISCLAIMER
    assert verbs_about(essay) == [
        "essays.essay.requested",
        "essays.draft.recorded",
        "essays.review.opened",
        "mail.message.queued",
    ]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (stops_at_limit("And so, in the end, I"), "truncated"),
        (refuses(), "refused"),
        (answers_as("somebody-else"), "mismatched"),
        (fails(400), "failed"),
        (says("  \n"), "empty"),
    ],
)
def test_anything_less_than_a_whole_answer_is_kept_and_is_no_text(cast: Cast, answer, outcome: str) -> None:
    essay = make.written(cast, answer)
    draft = Draft.objects.get(essay=essay)
    assert essay.state == "generation_failed"
    assert draft.outcome == outcome
    assert not essay.revisions.exists()
    assert verbs_about(essay) == ["essays.essay.requested", "essays.generation.failed"]


def test_asking_again_keeps_the_first_try_and_makes_a_second(cast: Cast) -> None:
    with ScriptedProvider() as provider:
        provider.will(stops_at_limit("And so"), says(make.TEXT))
        essay = make.requested(cast, make.column(cast, provider.url))
        runner.run(essay.call_id)
        again = commands.ask_again(
            actor=cast.editor, essay_id=essay.id, reason="Cut off in the first sentence", max_tokens=900
        )
        assert again.state == "generating"
        assert again.call.request["max_tokens"] == 900
        runner.run(again.call_id)
    essay.refresh_from_db()
    assert essay.state == "in_review"
    assert [draft.outcome for draft in essay.drafts.all()] == ["truncated", "completed"]
    assert [draft.text for draft in essay.drafts.all()] == ["And so", make.TEXT]


def test_the_author_is_asked_again_three_times_at_most(cast: Cast) -> None:
    with ScriptedProvider() as provider:
        provider.usual = stops_at_limit()
        essay = make.requested(cast, make.column(cast, provider.url))
        runner.run(essay.call_id)
        for _ in range(3):
            essay = commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="Cut off")
            runner.run(essay.call_id)
        with pytest.raises(IllegalMove, match="asked again 3 times"):
            commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="Cut off")
    assert essay.drafts.count() == 4
    assert Event.objects.filter(verb="essays.essay.asked_again", outcome="refused").count() == 1


def test_a_refusal_is_an_answer_and_is_not_asked_for_again(cast: Cast) -> None:
    essay = make.written(cast, refuses())
    with pytest.raises(IllegalMove, match="The author refused"):
        commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="Please")


def test_a_text_that_came_is_not_rolled_again(cast: Cast) -> None:
    essay = make.written(cast)
    with pytest.raises(IllegalMove, match="not rolled again"):
        commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="A better one")


def test_asking_again_needs_a_reason(cast: Cast) -> None:
    essay = make.written(cast, stops_at_limit())
    with pytest.raises(Unacceptable, match="why") as refusal:
        commands.ask_again(actor=cast.steward, essay_id=essay.id, reason=" ")
    assert refusal.value.field == "reason"


def test_a_call_retried_on_its_own_page_brings_the_essay_to_review(cast: Cast) -> None:
    with ScriptedProvider() as provider:
        provider.will(stops_at_limit(), says(make.TEXT))
        essay = make.requested(cast, make.column(cast, provider.url))
        runner.run(essay.call_id)
        retry_call(actor=cast.steward, call_id=essay.call_id)
        with pytest.raises(IllegalMove, match="at this moment"):
            commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="Cut off")
        runner.run(essay.call_id)
    essay.refresh_from_db()
    assert essay.state == "in_review"
    assert essay.drafts.count() == 2


def test_an_answer_that_comes_when_there_is_a_text_already_is_set_aside(cast: Cast) -> None:
    with ScriptedProvider() as provider:
        provider.will(stops_at_limit(), says(make.TEXT), says("Another text altogether."))
        essay = make.requested(cast, make.column(cast, provider.url))
        first = essay.call_id
        runner.run(first)
        runner.run(commands.ask_again(actor=cast.steward, essay_id=essay.id, reason="Cut off").call_id)
        retry_call(actor=cast.steward, call_id=first)
        runner.run(first)
    essay.refresh_from_db()
    assert essay.state == "in_review"
    assert essay.revisions.count() == 1
    assert make.text_of(essay).body == make.TEXT
    assert essay.drafts.last().text == "Another text altogether."
    assert verbs_about(essay)[-1] == "essays.draft.set_aside"


def test_two_issues_with_one_title_get_two_addresses(cast: Cast) -> None:
    with ScriptedProvider() as provider:
        provider.usual = says(make.TEXT)
        series = make.column(cast, provider.url)
        essays = [make.requested(cast, series) for _ in range(2)]
        for essay in essays:
            runner.run(essay.call_id)
            essay.refresh_from_db()
    assert [essay.number for essay in essays] == [1, 2]
    assert [essay.slug for essay in essays] == ["where-the-card-says-it-is", "where-the-card-says-it-is-2"]


def test_a_title_is_the_one_given_when_the_author_writes_none(cast: Cast) -> None:
    essay = make.written(cast, says("No heading. 今日は。"), title="Column")
    assert essay.title == "Column, issue 1"
    named = make.written(cast, says("No heading."), title="Another column")
    assert named.slug == "another-column-issue-1"


def test_a_title_without_letters_for_an_address_gets_the_number(cast: Cast) -> None:
    essay = make.written(cast, says("# 図書館\n\n今日は。"))
    assert (essay.title, essay.slug) == ("図書館", "issue-1")


def test_an_author_that_cannot_be_called_is_not_asked(cast: Cast) -> None:
    series = make.found_series(cast, make.make_author(cast, None))
    with pytest.raises(Unacceptable, match="no endpoint"):
        commands.request_essay(actor=cast.steward, series_id=series.id)
    assert not Essay.objects.exists()


@pytest.mark.parametrize("most", [0, 15, 8_001])
def test_a_token_limit_out_of_reason_is_refused(cast: Cast, most: int) -> None:
    with pytest.raises(Unacceptable, match="tokens") as refusal:
        make.requested(cast, max_tokens=most)
    assert refusal.value.field == "max_tokens"


@pytest.mark.parametrize("who", ["editor", "publisher", "member", "auditor", "outsider"])
def test_only_a_steward_commissions(cast: Cast, who: str) -> None:
    series = make.column(cast)
    with pytest.raises(NotAllowed, match="steward commissions"):
        commands.request_essay(actor=getattr(cast, who), series_id=series.id)
    assert not Essay.objects.exists()


def test_a_withdrawn_issue_leaves_its_number_to_the_next(cast: Cast) -> None:
    essay = make.written(cast, stops_at_limit())
    withdrawn = commands.withdraw_essay(actor=cast.editor, essay_id=essay.id, reason="No whole text came")
    assert withdrawn.state == "withdrawn"
    assert make.requested(cast, withdrawn.series).number == 1
    event = Event.objects.get(verb="essays.essay.withdrawn")
    assert event.reason == "No whole text came"


def test_an_issue_is_not_withdrawn_while_its_author_is_being_asked(cast: Cast) -> None:
    essay = make.requested(cast)
    with pytest.raises(IllegalMove, match="at this moment"):
        commands.withdraw_essay(actor=cast.steward, essay_id=essay.id, reason="Second thoughts")
    cancel_call(actor=cast.steward, call_id=essay.call_id)
    assert commands.withdraw_essay(actor=cast.steward, essay_id=essay.id, reason="So").state == "withdrawn"


def test_a_published_essay_is_not_withdrawn(cast: Cast) -> None:
    publication = make.published(cast)
    with pytest.raises(IllegalMove, match="published"):
        commands.withdraw_essay(actor=cast.steward, essay_id=publication.essay_id, reason="Second thoughts")
