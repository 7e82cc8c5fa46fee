"""A call from the queue to the record, against a provider that answers by script."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from audit.models import Event
from audit.testing import recorded
from core import clock
from core.errors import IllegalMove
from modelcalls import runner
from modelcalls.commands import cancel_call, claim_call, deliver_call, record_attempt
from modelcalls.models import Attempt, Call, Endpoint
from modelcalls.policies import RUNNER
from modelcalls.queries import calls_to_wake, why_waiting
from modelcalls.tasks import run_call
from tests import provider as script
from tests.cast import Cast
from tests.factories.modelcalls import Asker, local_endpoint, queued, scripted_endpoint
from tests.provider import ScriptedProvider

pytestmark = pytest.mark.django_db


def again(call: Call) -> Call:
    return Call.objects.select_related("endpoint").get(pk=call.pk)


def outcomes(call: Call) -> list[str]:
    return list(call.attempts.order_by("number").values_list("outcome", flat=True))


def later() -> Any:
    """The clock, moved on far enough for any wait between two tries."""
    return clock.moved(timedelta(minutes=10))


def test_an_answer_is_kept_and_handed_on_in_one_transaction(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    provider.will(script.says("Keep the letters.", tokens=(21, 4)))
    call = queued(endpoint, system="Be brief.", temperature=0.5)
    attempt = runner.run(call.pk)
    assert attempt is not None
    assert again(call).state == "completed"
    assert asker.received == [("completed", "Keep the letters.")]
    assert (attempt.text, attempt.accepted, attempt.number) == ("Keep the letters.", True, 1)
    assert attempt.request == provider.received[0].body
    assert attempt.request["temperature"] == 0.5
    assert (attempt.input_tokens, attempt.output_tokens, attempt.request_id) == (21, 4, "req-1")
    assert attempt.client.startswith("anthropic 2.")
    assert attempt.started_at < attempt.ended_at
    verbs = Event.objects.filter(target_id=str(call.pk)).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == [
        "modelcalls.call.queued",
        "modelcalls.call.claimed",
        "modelcalls.attempt.recorded",
    ]


@pytest.mark.parametrize("adapter", ["anthropic", "openai"])
def test_the_real_local_model_is_asked_through_the_queue(db: None, asker: Asker, adapter: str) -> None:
    call = queued(local_endpoint(adapter=adapter), max_tokens=24, temperature=0.3)
    attempt = runner.run(call.pk)
    assert attempt is not None
    assert attempt.outcome in ("completed", "truncated")
    assert attempt.text.strip()
    assert asker.received == [(attempt.outcome, attempt.text)]


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (script.refuses(), "refused"),
        (script.stops_at_limit(), "truncated"),
        (script.answers_as("haldane-3"), "mismatched"),
        (script.fails(404, "no such model"), "failed"),
        (script.fails(401), "failed"),
        (script.garbles(), "failed"),
        (script.stops_for("pause_turn"), "failed"),
    ],
)
def test_what_waiting_cannot_mend_ends_the_call_after_one_request(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, step: script.Step, state: str
) -> None:
    provider.will(step)
    call = queued(endpoint)
    runner.run(call.pk)
    with later():
        assert runner.run(call.pk) is None
    assert again(call).state == state
    assert outcomes(call) == [state]
    assert not call.attempts.filter(accepted=True).exists()
    assert [received[0] for received in asker.received] == [state]
    assert len(provider.received) == 1


@pytest.mark.parametrize("step", [script.fails(429), script.fails(500), script.drops(), script.fails(529)])
def test_what_may_pass_is_kept_and_tried_again_after_a_wait(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, step: script.Step
) -> None:
    provider.will(step, script.says("Now then."))
    call = queued(endpoint)
    runner.run(call.pk)
    assert again(call).state == "queued"
    assert "tried again in" in why_waiting(again(call), clock.now())
    assert runner.run(call.pk) is None
    assert len(provider.received) == 1
    with later():
        runner.run(call.pk)
    assert again(call).state == "completed"
    assert outcomes(call) == ["unanswered", "completed"]
    assert asker.received == [("completed", "Now then.")]


def test_a_server_is_not_asked_again_before_it_wants_to_be(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    provider.will(script.fails(429, retry_after=120))
    call = queued(endpoint)
    with clock.frozen(clock.now()) as now:
        runner.run(call.pk)
    assert again(call).not_before == now + timedelta(seconds=120)


def test_a_silent_provider_costs_its_share_of_the_lease_and_no_more(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, settings: Any
) -> None:
    settings.MODEL_CALL_LEASE = 1
    provider.will(script.hangs(20))
    call = queued(endpoint)
    runner.run(call.pk)
    assert outcomes(call) == ["unanswered"]
    assert "did not answer within 0.66" in call.attempts.get().error


def test_after_five_tries_the_call_has_failed_and_its_receiver_knows(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    provider.will(*[script.fails(500)] * 5)
    call = queued(endpoint)
    for hours in range(7):
        with clock.moved(timedelta(hours=hours)):
            runner.run(call.pk)
    assert again(call).state == "failed"
    assert outcomes(call) == ["unanswered"] * 5
    assert asker.received == [("failed", "")]
    assert len(provider.received) == 5


def test_a_call_that_was_delivered_twice_is_made_once(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    for _ in range(3):
        run_call(str(call.pk))
    assert len(provider.received) == 1
    assert len(asker.received) == 1
    assert outcomes(call) == ["completed"]


def test_a_call_nobody_knows_is_an_error_and_asks_nobody(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    with pytest.raises(Exception, match="no such model call"):
        runner.run(call.subject)
    assert provider.received == []


def test_no_more_calls_run_at_once_than_the_endpoint_takes(
    provider: ScriptedProvider, asker: Asker, db: None
) -> None:
    endpoint = scripted_endpoint(provider, max_concurrency=2)
    calls = [queued(endpoint) for _ in range(3)]
    leases = [claim_call(actor=RUNNER, call_id=call.pk) for call in calls]
    assert [lease is not None for lease in leases] == [True, True, False]
    assert "takes 2 at once" in why_waiting(again(calls[2]), clock.now())
    assert calls_to_wake() == []


def test_a_free_place_wakes_the_call_that_waits_longest(
    provider: ScriptedProvider,
    asker: Asker,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: Any,
    db: None,
) -> None:
    endpoint = scripted_endpoint(provider, max_concurrency=1)
    first, second, third = (queued(endpoint) for _ in range(3))
    with django_capture_on_commit_callbacks() as callbacks:
        runner.run(first.pk)
    assert len(callbacks) == 1
    assert calls_to_wake() == [second.pk]
    assert again(third).state == "queued"


def test_no_call_is_made_that_the_budget_does_not_cover(
    provider: ScriptedProvider, asker: Asker, db: None
) -> None:
    endpoint = scripted_endpoint(provider, budget_tokens=100)
    provider.will(script.says("One.", tokens=(30, 10)))
    first, second = queued(endpoint, max_tokens=60), queued(endpoint, max_tokens=61)
    runner.run(first.pk)
    assert runner.run(second.pk) is None
    assert "60 of 100 tokens left" in why_waiting(again(second), clock.now())
    assert len(provider.received) == 1


def test_running_calls_count_against_the_budget_too(
    provider: ScriptedProvider, asker: Asker, db: None
) -> None:
    endpoint = scripted_endpoint(provider, budget_tokens=100)
    first, second = queued(endpoint, max_tokens=60), queued(endpoint, max_tokens=60)
    assert claim_call(actor=RUNNER, call_id=first.pk) is not None
    assert claim_call(actor=RUNNER, call_id=second.pk) is None


def test_a_lost_worker_leaves_a_trace_and_the_call_is_made_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    claim_call(actor=RUNNER, call_id=call.pk)
    assert runner.run(call.pk) is None
    assert calls_to_wake() == []
    with clock.moved(timedelta(seconds=settings.MODEL_CALL_LEASE + 1)):
        assert calls_to_wake() == [call.pk]
        assert "disappeared" in why_waiting(again(call), clock.now())
        runner.run(call.pk)
    assert outcomes(call) == ["lost", "completed"]
    assert asker.received == [("completed", "A scripted answer.")]


def test_a_call_that_loses_every_worker_fails_and_its_receiver_knows(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    for times in range(6):
        with clock.moved(timedelta(seconds=times * (settings.MODEL_CALL_LEASE + 1))):
            claim_call(actor=RUNNER, call_id=call.pk)
    assert again(call).state == "failed"
    assert outcomes(call) == ["lost"] * 5
    assert asker.received == [("failed", "")]
    assert provider.received == []


def test_an_answer_that_comes_after_its_lease_is_kept_and_not_used(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    slow = claim_call(actor=RUNNER, call_id=call.pk)
    assert slow is not None
    late = runner._ask(slow)
    with clock.moved(timedelta(seconds=settings.MODEL_CALL_LEASE + 1)):
        runner.run(call.pk)
        now = clock.now()
        for _ in range(2):
            record_attempt(
                actor=RUNNER, call_id=call.pk, token=slow.token, result=late, started_at=now, ended_at=now
            )
    assert outcomes(call) == ["lost", "completed", "late"]
    assert call.attempts.filter(accepted=True).count() == 1
    assert len(asker.received) == 1
    assert again(call).state == "completed"


def test_an_answer_is_recorded_once_however_often_it_is_brought(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    lease = claim_call(actor=RUNNER, call_id=call.pk)
    assert lease is not None
    reply, now = runner._ask(lease), clock.now()
    brought = [
        record_attempt(
            actor=RUNNER, call_id=call.pk, token=lease.token, result=reply, started_at=now, ended_at=now
        )
        for _ in range(2)
    ]
    assert brought[0] is not None
    assert brought[1] is None
    assert outcomes(call) == ["completed"]
    assert len(asker.received) == 1


def test_a_receiver_that_fails_takes_the_recording_with_it(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    lease = claim_call(actor=RUNNER, call_id=call.pk)
    assert lease is not None
    reply, now = runner._ask(lease), clock.now()
    asker.fails = RuntimeError("the interview is closed")
    with pytest.raises(RuntimeError, match="closed"):
        record_attempt(
            actor=RUNNER, call_id=call.pk, token=lease.token, result=reply, started_at=now, ended_at=now
        )
    assert again(call).state == "running"
    assert outcomes(call) == []
    asker.fails = None
    record_attempt(
        actor=RUNNER, call_id=call.pk, token=lease.token, result=reply, started_at=now, ended_at=now
    )
    assert again(call).state == "completed"
    assert len(asker.received) == 1


@pytest.mark.parametrize("error", [RuntimeError("a bug"), IllegalMove("The interview is closed.")])
def test_an_answer_whose_receiver_fails_is_kept_and_can_be_handed_on_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast, error: Exception
) -> None:
    asker.fails = error
    call = queued(endpoint)
    runner.run(call.pk)
    assert again(call).state == "completed"
    assert str(error) in again(call).undelivered
    assert call.attempts.get().text == "A scripted answer."
    assert runner.run(call.pk) is None
    asker.fails = None
    deliver_call(actor=cast.interviewer, call_id=call.pk)
    assert again(call).undelivered == ""
    assert asker.received == [("completed", "A scripted answer.")]
    deliver_call(actor=cast.interviewer, call_id=call.pk)
    assert len(asker.received) == 1
    assert len(provider.received) == 1


def test_a_failing_receiver_does_not_keep_a_lost_call_from_ending(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    asker.fails = RuntimeError("a bug")
    call = queued(endpoint)
    for times in range(5):
        with clock.moved(timedelta(seconds=times * (settings.MODEL_CALL_LEASE + 1))):
            claim_call(actor=RUNNER, call_id=call.pk)
    with clock.moved(timedelta(seconds=5 * (settings.MODEL_CALL_LEASE + 1))):
        assert runner.run(call.pk) is None
    assert again(call).state == "failed"
    assert "a bug" in again(call).undelivered


def test_an_answer_to_a_cancelled_call_is_kept_and_not_used(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    call = queued(endpoint)
    lease = claim_call(actor=RUNNER, call_id=call.pk)
    assert lease is not None
    cancel_call(actor=cast.steward, call_id=call.pk, reason="The interview was stopped.")
    now = clock.now()
    record_attempt(
        actor=RUNNER,
        call_id=call.pk,
        token=lease.token,
        result=runner._ask(lease),
        started_at=now,
        ended_at=now,
    )
    assert again(call).state == "cancelled"
    assert outcomes(call) == ["late"]
    assert asker.received == []


def test_a_mistake_in_an_adapter_ends_the_call_instead_of_paying_for_it_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    with recorded("an address that no version of ours would take"):
        endpoint.base_url = "http://127.0.0.1:port"
        endpoint.save()
    runner.run(call.pk)
    assert again(call).state == "failed"
    assert "The call could not be made" in call.attempts.get().error
    assert asker.received == [("failed", "")]


def test_a_provider_is_never_asked_inside_a_command(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    with pytest.raises(RuntimeError, match="never asked inside a command"), recorded():
        runner.run(call.pk)
    assert provider.received == []


def test_an_attempt_is_never_changed_or_deleted(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker
) -> None:
    call = queued(endpoint)
    attempt = runner.run(call.pk)
    assert attempt is not None
    for change in (
        lambda: Attempt.objects.filter(pk=attempt.pk).update(text="Something nicer."),
        lambda: Attempt.objects.filter(pk=attempt.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Attempt.objects.get(pk=attempt.pk).text == "A scripted answer."
