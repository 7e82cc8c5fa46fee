"""Asking again, delivering again, cancelling."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from core import clock
from core.errors import IllegalMove, NotAllowed, NotFound
from modelcalls import runner
from modelcalls.commands import cancel_call, claim_call, deliver_call, retry_call
from modelcalls.models import Call, Endpoint
from modelcalls.policies import RUNNER
from modelcalls.registry import Purpose, purposes
from tests import provider as script
from tests.cast import Cast
from tests.factories.modelcalls import PURPOSE, Asker, queued
from tests.provider import ScriptedProvider

pytestmark = pytest.mark.django_db


def ended(endpoint: Endpoint, provider: ScriptedProvider, step: script.Step) -> Call:
    provider.will(step)
    call = queued(endpoint)
    runner.run(call.pk)
    return call


@pytest.mark.parametrize(
    "step", [script.stops_at_limit("And so"), script.fails(404), script.answers_as("haldane-3")]
)
def test_a_person_asks_again_and_what_came_before_stays(
    endpoint: Endpoint,
    provider: ScriptedProvider,
    asker: Asker,
    cast: Cast,
    step: script.Step,
    django_capture_on_commit_callbacks: Any,
) -> None:
    call = ended(endpoint, provider, step)
    before = list(call.attempts.values())
    with django_capture_on_commit_callbacks() as callbacks:
        retry_call(actor=cast.interviewer, call_id=call.pk, reason="It was cut off.")
    assert len(callbacks) == 1
    runner.run(call.pk)
    assert list(call.attempts.filter(number=1).values()) == before
    assert list(call.attempts.values_list("number", "asked", "outcome"))[1] == (2, 2, "completed")
    assert asker.received[-1] == ("completed", "A scripted answer.")
    assert provider.received[0].body == provider.received[1].body
    assert Event.objects.get(verb="modelcalls.call.asked_again").reason == "It was cut off."


def test_nothing_is_asked_more_than_three_times(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    provider.usual = script.stops_at_limit()
    call = queued(endpoint)
    runner.run(call.pk)
    for _ in range(2):
        retry_call(actor=cast.steward, call_id=call.pk)
        runner.run(call.pk)
    with pytest.raises(IllegalMove, match="3 times, which is the most"):
        retry_call(actor=cast.steward, call_id=call.pk)
    assert call.attempts.count() == 3
    assert len(asker.received) == 3


def test_tries_are_counted_afresh_when_a_person_asks_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    provider.will(*[script.fails(500)] * 6)
    call = queued(endpoint)
    for hours in range(5):
        with clock.moved(timedelta(hours=hours)):
            runner.run(call.pk)
    retry_call(actor=cast.steward, call_id=call.pk)
    runner.run(call.pk)
    assert Call.objects.get(pk=call.pk).state == "queued"


def test_a_model_that_declined_is_not_asked_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    call = ended(endpoint, provider, script.refuses())
    with pytest.raises(IllegalMove, match="The model declined"):
        retry_call(actor=cast.steward, call_id=call.pk)


def test_what_completed_is_not_asked_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    call = ended(endpoint, provider, script.says("Yes."))
    with pytest.raises(IllegalMove):
        retry_call(actor=cast.steward, call_id=call.pk)


def test_what_is_under_way_is_not_asked_again(endpoint: Endpoint, asker: Asker, cast: Cast) -> None:
    call = queued(endpoint)
    with pytest.raises(IllegalMove, match="under way"):
        retry_call(actor=cast.steward, call_id=call.pk)
    claim_call(actor=RUNNER, call_id=call.pk)
    with pytest.raises(IllegalMove, match="under way"):
        retry_call(actor=cast.steward, call_id=call.pk)


@pytest.mark.parametrize("role", ["auditor", "editor", "chair", "outsider"])
def test_only_stewards_and_those_it_is_made_for_ask_again_or_cancel(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast, role: str
) -> None:
    call = ended(endpoint, provider, script.stops_at_limit())
    for command in (retry_call, deliver_call, cancel_call):
        with pytest.raises(NotAllowed):
            command(actor=getattr(cast, role), call_id=call.pk)
    assert Event.objects.filter(outcome="refused", target_id=str(call.pk)).count() == 3


def test_an_app_that_asks_again_in_its_own_way_says_where(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    del purposes._items[PURPOSE]
    purposes.register(PURPOSE, Purpose(label="Answers", again="Ask again on the interview's page."))
    call = ended(endpoint, provider, script.stops_at_limit())
    with pytest.raises(IllegalMove, match="on the interview's page"):
        retry_call(actor=cast.steward, call_id=call.pk)


def test_a_waiting_call_is_cancelled_and_never_made(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    call = queued(endpoint)
    for _ in range(2):
        cancel_call(actor=cast.steward, call_id=call.pk, reason="Asked by mistake.")
    runner.run(call.pk)
    assert Call.objects.get(pk=call.pk).state == "cancelled"
    assert provider.received == []
    assert Event.objects.filter(verb="modelcalls.call.cancelled").count() == 1


def test_an_ended_call_cannot_be_cancelled(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, cast: Cast
) -> None:
    call = ended(endpoint, provider, script.says("Yes."))
    with pytest.raises(IllegalMove, match="nothing left to cancel"):
        cancel_call(actor=cast.steward, call_id=call.pk)


def test_people_neither_claim_nor_record(endpoint: Endpoint, asker: Asker, cast: Cast) -> None:
    call = queued(endpoint)
    with pytest.raises(NotAllowed):
        claim_call(actor=cast.steward, call_id=call.pk)


def test_a_call_that_is_not_there_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        retry_call(actor=cast.steward, call_id=cast.person("editor").pk)
