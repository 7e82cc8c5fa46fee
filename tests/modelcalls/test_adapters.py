"""Both adapters, over real HTTP: the scripted provider for what goes wrong, the local model for real.

Every test runs through the official SDK; what is replaced is the provider alone.
"""

from __future__ import annotations

import json
import os
import time
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest

from modelcalls.adapters import ADAPTERS, CallFailed, Final, Message, Outcome, Reply, Request, Transient
from modelcalls.adapters.base import is_passing, retry_after
from tests import provider as script
from tests.provider import ScriptedProvider

pytestmark = pytest.mark.parametrize("adapter", ["anthropic", "openai"])


def ask(adapter: str, provider: ScriptedProvider, **changes: Any) -> Reply:
    usual: dict[str, Any] = {
        "base_url": provider.url,
        "model": "haldane-2",
        "messages": [Message("user", "What should we keep?")],
        "max_tokens": 64,
        "timeout": 5.0,
    }
    request = Request(**(usual | changes))
    return ADAPTERS[adapter](request)


def failure(adapter: str, provider: ScriptedProvider, **changes: Any) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        ask(adapter, provider, **changes)
    return caught.value


def test_an_answer_comes_back_with_everything_that_crossed_the_wire(
    adapter: str, provider: ScriptedProvider
) -> None:
    provider.will(script.says("Keep the letters.", tokens=(21, 4)))
    reply = ask(adapter, provider, system="Be brief.")
    assert (reply.outcome, reply.text) == (Outcome.COMPLETED, "Keep the letters.")
    assert (reply.requested_model, reply.returned_model) == ("haldane-2", "haldane-2")
    assert reply.request == provider.received[0].body
    assert "Keep the letters." in json.dumps(reply.response)
    assert (reply.input_tokens, reply.output_tokens) == (21, 4)
    assert reply.request_id == "req-1"
    assert reply.stop_reason in ("end_turn", "stop")


def test_the_request_carries_the_system_text_the_limit_and_every_message(
    adapter: str, provider: ScriptedProvider
) -> None:
    talk = [Message("user", "One?"), Message("assistant", "Two."), Message("user", "Three?")]
    ask(adapter, provider, system="Be brief.", messages=talk)
    body = provider.received[0].body
    spoken = [m for m in body["messages"] if m["role"] != "system"]
    assert spoken == [{"role": m.role, "content": m.content} for m in talk]
    assert body["max_tokens"] == 64
    assert body.get("system") == "Be brief." or body["messages"][0] == {
        "role": "system",
        "content": "Be brief.",
    }


def test_no_temperature_is_sent_unless_it_is_asked_for(adapter: str, provider: ScriptedProvider) -> None:
    ask(adapter, provider)
    ask(adapter, provider, temperature=0.7)
    plain, warm = (received.body for received in provider.received)
    assert "temperature" not in plain
    assert warm["temperature"] == 0.7


def test_a_refusal_is_an_outcome(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.refuses("I would rather not."))
    reply = ask(adapter, provider)
    assert (reply.outcome, reply.text) == (Outcome.REFUSED, "I would rather not.")


def test_an_answer_cut_at_the_limit_is_truncated(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.stops_at_limit("And so I"))
    reply = ask(adapter, provider)
    assert (reply.outcome, reply.text) == (Outcome.TRUNCATED, "And so I")


def test_an_answer_of_another_model_is_mismatched_even_when_it_is_a_refusal(
    adapter: str, provider: ScriptedProvider
) -> None:
    provider.will(script.answers_as("haldane-3"), script.Step(stop="refusal", model="haldane-3"))
    assert [ask(adapter, provider).outcome for _ in range(2)] == [Outcome.MISMATCHED] * 2


def test_an_answer_without_a_model_name_is_mismatched(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.answers_as(""))
    assert ask(adapter, provider).outcome == Outcome.MISMATCHED


def test_an_alias_may_answer_with_its_dated_name(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.answers_as("haldane-2-20240229"))
    reply = ask(adapter, provider, accepted_names=["haldane-2-20240229"])
    assert (reply.outcome, reply.returned_model) == (Outcome.COMPLETED, "haldane-2-20240229")


def test_a_stop_for_an_unknown_reason_is_final_and_kept(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.stops_for("pause_turn"))
    failed = failure(adapter, provider)
    assert isinstance(failed, Final)
    assert "pause_turn" in failed.sentence
    assert "A scripted answer." in json.dumps(failed.response)
    assert failed.request == provider.received[0].body


@pytest.mark.parametrize(("wait", "seconds"), [("7", 7.0), ("0.5", 0.5), (None, None), ("soon", None)])
def test_too_many_requests_is_transient_and_says_how_long_to_wait(
    adapter: str, provider: ScriptedProvider, wait: str | None, seconds: float | None
) -> None:
    provider.will(script.fails(429, "slow down", retry_after=wait))
    failed = failure(adapter, provider)
    assert isinstance(failed, Transient)
    assert failed.retry_after == seconds
    assert failed.sentence == "The provider answered 429: slow down."
    assert failed.response["error"]["message"] == "slow down"


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504, 529])
def test_a_server_error_is_transient_and_asked_only_once(
    adapter: str, provider: ScriptedProvider, status: int
) -> None:
    provider.will(script.fails(status))
    failed = failure(adapter, provider)
    assert isinstance(failed, Transient)
    assert failed.status == status
    assert len(provider.received) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422, 501])
def test_an_error_that_waiting_does_not_mend_is_final(
    adapter: str, provider: ScriptedProvider, status: int
) -> None:
    provider.will(script.fails(status, "no such model"))
    failed = failure(adapter, provider)
    assert isinstance(failed, Final)
    assert failed.sentence == f"The provider answered {status}: no such model."


@pytest.mark.parametrize("code", ["insufficient_quota", "contract_spend_limit_reached"])
def test_a_spent_account_is_final_though_it_is_a_429(
    adapter: str, provider: ScriptedProvider, code: str
) -> None:
    provider.will(script.fails(429, "no money left", code=code))
    assert isinstance(failure(adapter, provider), Final)


def test_a_silent_server_is_transient_after_the_timeout(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.hangs(30))
    before = time.monotonic()
    failed = failure(adapter, provider, timeout=0.4)
    assert isinstance(failed, Transient)
    assert failed.sentence == "The provider did not answer within 0.4 seconds."
    assert time.monotonic() - before < 5
    assert failed.request == provider.received[0].body


def test_an_answer_that_drips_for_ever_is_cut_at_the_timeout(
    adapter: str, provider: ScriptedProvider
) -> None:
    provider.will(script.drips(20))
    before = time.monotonic()
    failed = failure(adapter, provider, timeout=0.6)
    assert isinstance(failed, Transient)
    assert time.monotonic() - before < 5


def test_a_dropped_connection_is_transient(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.drops())
    failed = failure(adapter, provider)
    assert isinstance(failed, Transient)
    assert failed.sentence.startswith("The connection to the provider failed: ")
    assert len(provider.received) == 1


def test_nobody_listening_is_transient(adapter: str, provider: ScriptedProvider) -> None:
    with ScriptedProvider() as gone:
        pass
    failed = failure(adapter, gone)
    assert isinstance(failed, Transient)
    assert failed.sentence.startswith("The connection to the provider failed: ")


@pytest.mark.parametrize(
    "body", [b'{"id": "half an ans', b"<html>502</html>", b"[1, 2]", b'"text"', b"", b"[" * 100_000]
)
def test_an_answer_that_is_no_json_object_is_final_and_kept(
    adapter: str, provider: ScriptedProvider, body: bytes
) -> None:
    provider.will(script.garbles(body))
    failed = failure(adapter, provider)
    assert isinstance(failed, Final)
    assert failed.sentence == "The provider's answer cannot be read: it is not a JSON object."
    assert failed.response == {"unreadable": body.decode()[:20_000]}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"model": ["haldane-2"], "content": [3], "choices": {}, "usage": 3},
        {"model": "haldane-2", "content": [None, 4], "choices": [None], "usage": {"input_tokens": -4}},
        {"model": "haldane-2", "content": None, "choices": [], "stop_reason": 4},
    ],
)
def test_a_json_answer_of_the_wrong_shape_never_completes(
    adapter: str, provider: ScriptedProvider, body: dict[str, Any]
) -> None:
    provider.will(script.garbles(json.dumps(body).encode()))
    if body.get("model") == "haldane-2":
        failed = failure(adapter, provider)
        assert isinstance(failed, Final)
        assert failed.response == body
    else:
        reply = ask(adapter, provider)
        assert (reply.outcome, reply.text, reply.input_tokens) == (Outcome.MISMATCHED, "", 0)


def test_an_answer_larger_than_eight_megabytes_is_not_read(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.says("x" * (9 * 2**20)))
    failed = failure(adapter, provider)
    assert isinstance(failed, Final)
    assert failed.sentence == "The answer is larger than 8 MB and was not read."


def test_a_redirect_is_not_followed(adapter: str, provider: ScriptedProvider) -> None:
    with ScriptedProvider() as elsewhere:
        provider.will(script.redirects(elsewhere.url))
        failed = failure(adapter, provider)
        assert isinstance(failed, Final)
        assert elsewhere.received == []


def test_text_that_a_database_cannot_keep_is_made_storable(adapter: str, provider: ScriptedProvider) -> None:
    provider.will(script.says("a\x00b\ud800c"))
    reply = ask(adapter, provider)
    assert "\x00" not in reply.text
    assert "\x00" not in str(reply.response)
    assert reply.text.encode()


def test_the_key_is_read_by_name_and_never_comes_back(
    adapter: str, provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALDANE_API_KEY", "sk-very-secret")
    provider.will(script.fails(401, "bad key sk-very-secret"), script.says("Your key is sk-very-secret."))
    failed = failure(adapter, provider, key_variable="HALDANE_API_KEY")
    reply = ask(adapter, provider, key_variable="HALDANE_API_KEY")
    assert "sk-very-secret" in str(provider.received[0].headers)
    kept = f"{failed.sentence} {failed.response} {failed.request} {reply}"
    assert "sk-very-secret" not in kept
    assert "[key]" in kept


def test_a_missing_key_is_final_names_the_variable_and_asks_nobody(
    adapter: str, provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HALDANE_API_KEY", raising=False)
    failed = failure(adapter, provider, key_variable="HALDANE_API_KEY")
    assert isinstance(failed, Final)
    assert "HALDANE_API_KEY" in failed.sentence
    assert provider.received == []


def test_an_endpoint_without_a_key_never_gets_one_from_the_environment(
    adapter: str, provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "sk-somebody-elses")
    ask(adapter, provider)
    assert "sk-somebody-elses" not in str(provider.received[0].headers)


def test_a_proxy_in_the_environment_does_not_stand_before_a_local_server(
    adapter: str, provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedProvider() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "")
        ask(adapter, provider)
        assert (len(provider.received), proxy.received) == (1, [])


def test_a_retired_model_is_called_without_a_warning(adapter: str, provider: ScriptedProvider) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reply = ask(adapter, provider, model="claude-3-opus-20240229")
    assert reply.outcome == Outcome.COMPLETED


def test_a_long_essay_is_not_stopped_by_the_limits_of_the_library(
    adapter: str, provider: ScriptedProvider
) -> None:
    assert ask(adapter, provider, max_tokens=60_000).outcome == Outcome.COMPLETED


def test_tokens_read_from_a_cache_are_counted(adapter: str, provider: ScriptedProvider) -> None:
    def cached(body: dict[str, Any]) -> dict[str, Any]:
        return body | {"usage": {"input_tokens": 5, "cache_read_input_tokens": 90, "prompt_tokens": 95}}

    plain = {
        "model": "haldane-2",
        "content": [],
        "stop_reason": "end_turn",
        "choices": [{"finish_reason": "stop"}],
    }
    provider.will(script.garbles(json.dumps(cached(plain)).encode()))
    assert ask(adapter, provider).input_tokens == 95


def test_the_real_local_model_answers(adapter: str) -> None:
    reply = ADAPTERS[adapter](
        Request(
            base_url=os.environ["LOCAL_MODEL_URL"],
            model="smollm2-135m-instruct",
            messages=[Message("user", "Say hello in one short sentence.")],
            system="You are brief.",
            max_tokens=48,
            temperature=0.2,
        )
    )
    assert reply.outcome in (Outcome.COMPLETED, Outcome.TRUNCATED)
    assert reply.text.strip()
    assert reply.returned_model == "smollm2-135m-instruct"
    assert reply.request["temperature"] == 0.2
    assert reply.input_tokens > 5
    assert 0 < reply.output_tokens <= 48


def test_the_real_local_model_is_cut_at_the_limit(adapter: str) -> None:
    reply = ADAPTERS[adapter](
        Request(
            base_url=os.environ["LOCAL_MODEL_URL"],
            model="smollm2-135m-instruct",
            messages=[Message("user", "Write a long story about a library.")],
            max_tokens=5,
        )
    )
    assert (reply.outcome, reply.output_tokens) == (Outcome.TRUNCATED, 5)


def test_waiting_until_a_date_is_counted_in_seconds(adapter: str) -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert retry_after({"retry-after": "Sun, 22 Nov 2026 12:01:30 GMT"}, now=now) == 90
    assert retry_after({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, now=now) == 0
    assert retry_after({"retry-after-ms": "1500"}, now=now) == 1.5


def test_only_errors_that_may_pass_are_passing(adapter: str) -> None:
    assert [
        status for status in (400, 401, 404, 408, 409, 425, 429, 500, 501, 503, 529) if is_passing(status)
    ] == [*(408, 409, 425, 429, 500, 503, 529)]
