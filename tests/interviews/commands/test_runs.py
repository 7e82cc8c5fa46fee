"""The run, against a scripted provider over real HTTP: outcomes, asking again, skipping, the lock."""

import pytest
from django.db import DatabaseError, connection

from audit.models import Event
from audit.testing import recorded
from core.errors import IllegalMove, NotAllowed, Unacceptable
from interviews.commands.runs import ask_again, seal_interview, skip_session, start_interview
from interviews.models import Interview, Session, Turn
from interviews.queries.records import integrity, session_records
from interviews.steps import hear
from interviews.transcript import seal_root
from modelcalls.commands import change_endpoint
from modelcalls.models import Attempt, Call
from modelcalls.runner import run
from tests.cast import Cast
from tests.factories import interviews as made
from tests.provider import answers_as, fails, refuses, says, stops_at_limit


def outcomes(interview: Interview) -> list[str]:
    return list(interview.sessions.order_by("number").values_list("state", flat=True))


def said(session: Session) -> list[tuple[str, str]]:
    return list(session.turns.order_by("number").values_list("role", "text"))


def first(interview: Interview) -> Session:
    return interview.sessions.get(number=1)


def test_starting_makes_every_session_and_queues_one_call_in_each(cast: Cast):
    interview = made.started(cast)
    assert outcomes(interview) == ["running"] * 4
    assert [session.key for session in interview.sessions.order_by("number")] == [
        "neutral/w1/r1",
        "neutral/w1/r2",
        "sceptical/w1/r1",
        "sceptical/w1/r2",
    ]
    calls = Call.objects.order_by("number")
    assert [call.request["max_tokens"] for call in calls] == [200] * 4
    assert [call.request["temperature"] for call in calls] == [0.7] * 4
    assert len({call.slot for call in calls}) == 4
    assert said(first(interview))[1] == (
        "interviewer",
        f"{made.QUESTIONS[0]['wordings'][0]} You may have no preference, and you may decline.",
    )
    assert "Many doubt" in calls[2].request["system"]
    assert "Many doubt" not in calls[0].request["system"]


def test_an_interview_is_started_once(cast: Cast):
    interview = made.started(cast)
    with pytest.raises(IllegalMove, match="started already"):
        start_interview(actor=cast.interviewer, interview_id=interview.pk)
    assert Session.objects.count() == 4


def test_only_an_interviewer_starts(cast: Cast):
    interview = made.authorised(cast)
    with pytest.raises(NotAllowed):
        start_interview(actor=cast.chair, interview_id=interview.pk)


def test_an_endpoint_changed_since_the_design_stops_the_start(cast: Cast):
    interview = made.authorised(cast)
    change_endpoint(
        actor=cast.steward,
        endpoint_id=interview.design.endpoint_id,
        max_concurrency=2,
        budget_tokens=None,
        active=True,
        accepted_names=["wren-1.3"],
    )
    with pytest.raises(IllegalMove, match="changed since this design was registered"):
        start_interview(actor=cast.interviewer, interview_id=interview.pk)


def test_a_whole_run_is_collected_and_every_digest_fits(cast: Cast):
    interview = made.collected(cast)
    assert interview.state == "collected"
    assert outcomes(interview) == ["completed"] * 4
    assert integrity(interview, interview.design) == []
    turn = first(interview).turns.get(role="model")
    assert turn.text == made.ANSWER
    assert turn.facts["returned_model"] == "wren-1.2"
    assert turn.facts["parameters"] == {"max_tokens": 200, "temperature": 0.7}
    assert turn.facts["outcome"] == turn.outcome == "completed"
    assert turn.call.attempts.get().response != {}


def test_the_outcome_comes_from_the_stop_reason_alone(cast: Cast):
    prose = "I refuse to answer that. END OF INTERVIEW is all I say."
    interview = made.collected(cast, says(prose), refuses(), stops_at_limit(), says("END OF INTERVIEW\n"))
    assert outcomes(interview) == ["completed", "refused", "truncated", "model_ended"]
    assert interview.state == "collected"


def test_another_model_is_never_taken_for_the_one_that_was_asked(cast: Cast):
    interview = made.collected(cast, answers_as("other-7"))
    session = first(interview)
    assert session.state == "errored"
    assert "Another model answered (other-7)" in session.note
    assert not session.turns.filter(role="model").exists()


def test_a_failed_call_ends_its_session_in_error_and_the_rest_goes_on(cast: Cast):
    interview = made.collected(cast, fails(401, "no such key"))
    assert outcomes(interview) == ["errored", "completed", "completed", "completed"]
    assert first(interview).note


def test_the_next_question_is_put_with_what_was_said_before(cast: Cast):
    with made.provider_of() as provider:
        provider.usual = says(made.ANSWER)
        interview = made.started(cast, provider.url, questions=2)
        made.run_calls(interview)
        body = provider.received[-1].body
    interview = made.reread(interview)
    assert interview.state == "collected"
    roles = [role for role, _ in said(first(interview))]
    assert roles == ["system", "interviewer", "model", "interviewer", "model"]
    assert [message["role"] for message in body["messages"]] == ["system", "user", "assistant", "user"]
    assert body["messages"][2]["content"] == made.ANSWER


def test_the_first_incomplete_answer_ends_the_session(cast: Cast):
    interview = made.collected(cast, stops_at_limit(), questions=2)
    assert outcomes(interview)[0] == "truncated"
    assert [turn.question for turn in first(interview).turns.filter(role="model")] == ["weights"]


def test_the_stop_rule_ends_what_would_go_on(cast: Cast):
    interview = made.collected(cast, fails(401), questions=2, stop_after_errors=1)
    assert outcomes(interview) == ["errored", "skipped", "skipped", "skipped"]
    assert "rule of the design" in interview.sessions.get(number=2).note
    assert interview.state == "collected"


def test_an_answer_delivered_twice_counts_once(cast: Cast):
    with made.provider_of(says(made.ANSWER)) as provider:
        interview = made.started(cast, provider.url)
        call = Call.objects.order_by("number").first()
        run(call.pk)
        run(call.pk)
        attempt = Attempt.objects.get(call=call)
        turns = Turn.objects.count()
        with recorded("delivered again"):
            hear(Call.objects.get(pk=call.pk), attempt)
    assert Turn.objects.count() == turns
    assert len(provider.received) == 1
    assert outcomes(interview) == ["completed", "running", "running", "running"]


def test_an_answer_for_a_skipped_session_changes_nothing(cast: Cast):
    with made.provider_of() as provider:
        interview = made.started(cast, provider.url)
        call = Call.objects.order_by("number").first()
        run(call.pk)
        session = interview.sessions.get(number=2)
        late = Call.objects.get(subject=session.pk)
        skip_session(actor=cast.interviewer, session_id=session.pk, reason="The cell was asked by mistake.")
        with recorded("late"):
            hear(late, Attempt.objects.get(call=call))
    session.refresh_from_db()
    assert (session.state, session.note) == ("skipped", "The cell was asked by mistake.")
    assert not session.turns.filter(role="model").exists()
    assert Call.objects.get(pk=late.pk).state == "cancelled"


def test_skipping_the_last_session_ends_collection(cast: Cast):
    interview = made.started(cast)
    for session in interview.sessions.all():
        skip_session(actor=cast.interviewer, session_id=session.pk, reason="No server.")
    assert made.reread(interview).state == "collected"


def test_what_has_ended_is_not_skipped_and_skipping_needs_a_reason(cast: Cast):
    interview = made.collected(cast)
    with pytest.raises(IllegalMove, match="has ended"):
        skip_session(actor=cast.interviewer, session_id=first(interview).pk, reason="x")
    with pytest.raises(Unacceptable, match="Say why"):
        skip_session(actor=cast.interviewer, session_id=first(interview).pk, reason="")
    with pytest.raises(NotAllowed):
        skip_session(actor=cast.steward, session_id=first(interview).pk, reason="x")


def test_asking_again_keeps_the_try_that_was_cut_off(cast: Cast):
    interview = made.collected(cast, stops_at_limit("I would"))
    session = first(interview)
    with made.provider_of() as provider:
        move_endpoint(interview, provider.url)
        provider.usual = says(made.ANSWER)
        ask_again(actor=cast.interviewer, session_id=session.pk)
        assert made.reread(interview).state == "running"
        made.run_calls(interview)
        sent = provider.received[-1].body["messages"]
    interview = made.reread(interview)
    assert interview.state == "collected"
    assert [turn.text for turn in session.turns.filter(role="model").order_by("number")] == [
        "I would",
        made.ANSWER,
    ]
    assert [message["role"] for message in sent] == ["system", "user"]
    assert outcomes(interview) == ["completed"] * 4
    assert integrity(interview, interview.design) == []


def test_asking_again_is_possible_three_times_and_within_the_budget(cast: Cast):
    interview = made.collected(cast, *[stops_at_limit()] * 4, budget_tokens=200 * 7)
    session = first(interview)
    with made.provider_of() as provider:
        move_endpoint(interview, provider.url)
        provider.usual = stops_at_limit()
        for _ in range(3):
            ask_again(actor=cast.interviewer, session_id=session.pk)
            made.run_calls(interview)
        with pytest.raises(IllegalMove, match="asked again 3 times"):
            ask_again(actor=cast.interviewer, session_id=session.pk)
        with pytest.raises(IllegalMove, match="budget is spent"):
            ask_again(actor=cast.interviewer, session_id=interview.sessions.get(number=2).pk)
    assert session.turns.filter(role="model").count() == 4


def test_a_refusal_is_an_answer_and_is_not_asked_again(cast: Cast):
    interview = made.collected(cast, refuses())
    with pytest.raises(IllegalMove, match="A refusal is an answer"):
        ask_again(actor=cast.interviewer, session_id=first(interview).pk)
    with pytest.raises(NotAllowed):
        ask_again(actor=cast.chair, session_id=first(interview).pk)


def test_nothing_is_asked_again_after_the_lock(cast: Cast):
    interview = made.sealed(cast, stops_at_limit())
    with pytest.raises(IllegalMove, match="locked"):
        ask_again(actor=cast.interviewer, session_id=first(interview).pk)


def test_the_lock_takes_one_root_over_all_sessions_in_order(cast: Cast):
    interview = made.sealed(cast, stops_at_limit())
    records = session_records(interview)
    assert interview.state == "sealed"
    assert interview.seal.root == seal_root(design=interview.design.digest, sessions=records)
    assert [one["key"] for one in interview.seal.document["sessions"]] == [one.key for one in records]
    assert interview.seal.document["sessions"][0]["outcome"] == "truncated"
    assert integrity(interview, interview.design) == []


def test_what_still_runs_is_not_locked_and_nothing_is_locked_twice(cast: Cast):
    interview = made.started(cast)
    with pytest.raises(IllegalMove, match="once every session has ended"):
        seal_interview(actor=cast.interviewer, interview_id=interview.pk)
    for session in interview.sessions.all():
        skip_session(actor=cast.interviewer, session_id=session.pk, reason="No server.")
    with pytest.raises(NotAllowed):
        seal_interview(actor=cast.chair, interview_id=interview.pk)
    seal_interview(actor=cast.interviewer, interview_id=interview.pk)
    with pytest.raises(IllegalMove, match="locked already"):
        seal_interview(actor=cast.interviewer, interview_id=interview.pk)


def test_a_turn_is_never_changed_or_deleted_even_within_a_command(cast: Cast):
    turn = made.an_answer(made.collected(cast))
    turn.text = "Burn them."
    with pytest.raises(DatabaseError), recorded():
        turn.save()
    with pytest.raises(DatabaseError), recorded():
        turn.delete()


def test_a_turn_changed_behind_the_guards_is_found_and_named(cast: Cast):
    """Someone with the rights to switch triggers off changes one word: the chain names the turn."""
    interview = made.sealed(cast)
    turn = made.an_answer(interview)
    with connection.cursor() as cursor:
        cursor.execute("alter table interviews_turn disable trigger user")
        cursor.execute(
            "update interviews_turn set text = replace(text, 'keep', 'burn') where id = %s", [turn.pk]
        )
    found = integrity(interview, interview.design)
    assert found == [f"Turn {turn.number} of session neutral/w1/r1 is not what was recorded."]


def test_a_broken_chain_is_not_locked(cast: Cast):
    interview = made.collected(cast)
    turn = made.an_answer(interview)
    with connection.cursor() as cursor:
        cursor.execute("alter table interviews_turn disable trigger user")
        cursor.execute(
            "update interviews_turn set outcome = 'refused', facts = '{}' where id = %s", [turn.pk]
        )
    with pytest.raises(IllegalMove, match="is not whole"):
        seal_interview(actor=cast.interviewer, interview_id=interview.pk)


def test_every_step_of_a_run_is_an_event(cast: Cast):
    interview = made.sealed(cast)
    verbs = list(Event.objects.filter(verb__startswith="interviews.").values_list("verb", flat=True))
    assert verbs.count("interviews.answer.recorded") == 4
    assert verbs.count("interviews.session.ended") == 4
    for once in ("planned", "authorised", "started", "collected", "sealed"):
        assert verbs.count(f"interviews.interview.{once}") == 1
    assert interview.seal.root in str(Event.objects.latest("number").data)


def move_endpoint(interview: Interview, url: str) -> None:
    """The server came back at another address; the model it serves is the same."""
    with recorded("the server moved"):
        endpoint = interview.design.endpoint
        endpoint.base_url = url
        endpoint.save()
