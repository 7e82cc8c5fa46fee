"""Endpoints in the browser: registered, changed, asked a test question, switched off."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from modelcalls import runner
from modelcalls.models import Call, Endpoint
from modelcalls.states import CallState
from tests import provider as script
from tests.factories.modelcalls import scripted_endpoint
from tests.provider import ScriptedProvider

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def said(**changed: str) -> dict[str, str]:
    return {
        "name": "Institute gateway",
        "adapter": "openai",
        "base_url": "https://models.example.org/",
        "model": "haldane-2",
        "key_variable": "GATEWAY_API_KEY",
        "takes_temperature": "on",
        "max_concurrency": "4",
        "budget_tokens": "",
        "accepted_names": "haldane-2-20260301\nhaldane-2-latest",
        **changed,
    }


def test_a_steward_registers_an_endpoint_and_no_key_is_ever_asked_for(signed_in: SignedIn) -> None:
    response = signed_in("steward").post("/desk/endpoints/new/", said())
    endpoint = Endpoint.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/desk/endpoints/{endpoint.pk}/")
    assert endpoint.accepted_names == ["haldane-2-20260301", "haldane-2-latest"]
    assert (endpoint.takes_temperature, endpoint.budget_tokens) == (True, None)
    assert "in the variable GATEWAY_API_KEY" in text(signed_in("auditor").get(response["Location"]))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key_variable", "sk-live-1234"),
        ("base_url", "ftp://models.example.org"),
        ("base_url", "http://models.example.org"),
        ("max_concurrency", "0"),
        ("budget_tokens", "-1"),
        ("name", ""),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_rest_is_kept(
    signed_in: SignedIn, field: str, value: str
) -> None:
    response = signed_in("steward").post("/desk/endpoints/new/", said(**{field: value}))
    assert response.status_code == 422
    assert "haldane-2-latest" in text(response)
    assert not Endpoint.objects.exists()


def test_a_test_question_is_a_real_call_whose_answer_is_kept(
    signed_in: SignedIn, endpoint: Endpoint, provider: ScriptedProvider
) -> None:
    steward = signed_in("steward")
    url = f"/desk/endpoints/{endpoint.pk}/check/"
    response = steward.post(url)
    call = Call.objects.get()
    assert response["Location"] == f"/desk/calls/{call.pk}/"
    assert steward.post(url).status_code == 409
    provider.will(script.says("I am Haldane 2."))
    runner.run(call.pk)
    call.refresh_from_db()
    assert call.state == CallState.COMPLETED
    assert "I am Haldane 2." in text(steward.get(response["Location"]))
    assert f"Model call {call.number}" in text(steward.get(f"/desk/endpoints/{endpoint.pk}/"))
    assert steward.post(url).status_code == 303


def test_a_switched_off_endpoint_is_asked_nothing_until_it_is_switched_on(
    signed_in: SignedIn, endpoint: Endpoint
) -> None:
    steward = signed_in("steward")
    change = f"/desk/endpoints/{endpoint.pk}/change/"
    assert steward.post(change, {"max_concurrency": "2"}).status_code == 303
    assert "Switched off" in text(steward.get(f"/desk/endpoints/{endpoint.pk}/"))
    refused = steward.post(f"/desk/endpoints/{endpoint.pk}/check/")
    assert refused.status_code == 422
    assert "switched off" in text(refused)
    assert steward.post(change, {"max_concurrency": "2", "active": "on"}).status_code == 303
    assert steward.post(f"/desk/endpoints/{endpoint.pk}/check/").status_code == 303


def test_the_list_costs_the_same_with_one_endpoint_and_with_ten(
    signed_in: SignedIn, provider: ScriptedProvider
) -> None:
    client = signed_in("auditor")
    scripted_endpoint(provider)
    client.get("/desk/endpoints/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/endpoints/")
    for _ in range(9):
        scripted_endpoint(provider)
    with CaptureQueriesContext(connection) as ten:
        client.get("/desk/endpoints/")
    assert len(one) == len(ten) <= 12
