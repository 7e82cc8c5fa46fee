"""Queueing a call from a command of an app above."""

from typing import Any
from uuid import uuid4

import pytest

from audit.models import Event
from audit.testing import recorded
from core.digests import digest_of
from core.errors import IllegalMove, Refused, Unacceptable
from modelcalls import steps
from modelcalls.commands import change_endpoint
from modelcalls.models import Call, Endpoint
from tests.cast import Cast
from tests.factories.modelcalls import PURPOSE, Asker, queued, scripted_endpoint
from tests.provider import ScriptedProvider

pytestmark = pytest.mark.django_db


def test_a_queued_call_stands_in_the_database_with_its_digest_and_wakes_a_worker(
    endpoint: Endpoint, asker: Asker, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        call = queued(endpoint, system="Be brief.")
    kept = Call.objects.get(pk=call.pk)
    assert kept.state == "queued"
    assert kept.request == {
        "system": "Be brief.",
        "messages": [{"role": "user", "content": "What should we keep?"}],
        "max_tokens": 64,
    }
    assert kept.request_digest == digest_of(kept.request)
    assert len(callbacks) == 1
    assert Event.objects.get(verb="modelcalls.call.queued").target_id == str(call.pk)


def test_calls_are_numbered_in_the_order_they_were_queued(endpoint: Endpoint, asker: Asker) -> None:
    first, second = queued(endpoint), queued(endpoint)
    assert second.number == first.number + 1


def test_a_call_is_queued_only_inside_a_command(endpoint: Endpoint, asker: Asker) -> None:
    with pytest.raises(RuntimeError, match="inside a command only"):
        steps.queue_call(
            endpoint=endpoint,
            purpose=PURPOSE,
            subject=uuid4(),
            slot="somewhere",
            messages=[{"role": "user", "content": "Yes?"}],
        )


def test_one_slot_takes_one_call(endpoint: Endpoint, asker: Asker) -> None:
    first = queued(endpoint, slot="essay/4")
    with pytest.raises(IllegalMove, match=f"in model call {first.number}"):
        queued(endpoint, slot="essay/4")
    assert Call.objects.count() == 1


def test_a_purpose_nobody_receives_is_refused_when_it_is_queued(endpoint: Endpoint) -> None:
    with pytest.raises(KeyError, match="nobody"):
        queued(endpoint, purpose="tests.nobody")


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": [{"role": "user", "content": ""}]},
        {"messages": [{"role": "system", "content": "Be brief."}]},
        {"messages": [{"role": "user", "content": "a\x00b"}]},
        {"messages": [{"role": "user", "content": "a\ud800b"}]},
        {"max_tokens": 0},
        {"max_tokens": 200_001},
        {"temperature": 2.1},
        {"temperature": -0.1},
    ],
)
def test_what_no_provider_would_take_is_refused_at_once(
    endpoint: Endpoint, asker: Asker, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Unacceptable):
        queued(endpoint, **wrong)
    assert not Call.objects.exists()


def test_a_temperature_needs_an_endpoint_that_takes_one(provider: ScriptedProvider, asker: Asker) -> None:
    endpoint = scripted_endpoint(provider)
    with recorded():
        endpoint.parameters = {}
        endpoint.save()
    with pytest.raises(Unacceptable, match="takes no temperature"):
        queued(endpoint, temperature=0.5)
    assert "temperature" not in queued(endpoint).request


def test_an_endpoint_that_is_switched_off_takes_no_call(endpoint: Endpoint, asker: Asker, cast: Cast) -> None:
    off = change_endpoint(
        actor=cast.steward, endpoint_id=endpoint.pk, max_concurrency=2, budget_tokens=None, active=False
    )
    with pytest.raises(Refused, match="switched off"):
        queued(off)
