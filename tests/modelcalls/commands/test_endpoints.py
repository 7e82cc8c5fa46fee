from typing import Any

import pytest

from audit.models import Event
from core.errors import IllegalMove, NotAllowed, Unacceptable
from modelcalls.commands import change_endpoint, register_endpoint
from modelcalls.models import Endpoint
from tests.cast import Cast

pytestmark = pytest.mark.django_db

GOOD: dict[str, Any] = {
    "name": "Haldane 2",
    "adapter": "anthropic",
    "base_url": "https://models.example.org/",
    "model": "haldane-2",
    "key_variable": "HALDANE_API_KEY",
}


def test_a_steward_registers_an_endpoint_by_the_name_of_its_key(cast: Cast) -> None:
    endpoint = register_endpoint(actor=cast.steward, **GOOD, accepted_names=["b", "a", "a"])
    assert Endpoint.objects.get().base_url == "https://models.example.org"
    assert endpoint.accepted_names == ["a", "b"]
    assert endpoint.budget_tokens is None


@pytest.mark.parametrize("role", ["editor", "interviewer", "auditor", "chair", "outsider"])
def test_nobody_else_does(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        register_endpoint(actor=getattr(cast, role), **GOOD)
    assert not Endpoint.objects.exists()
    assert Event.objects.get(outcome="refused").verb == "modelcalls.endpoint.registered"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"model": ""}, "name"),
        ({"adapter": "gemini"}, "adapter"),
        ({"base_url": "ftp://models.example.org"}, "base_url"),
        ({"base_url": "https://user:secret@models.example.org"}, "base_url"),
        ({"base_url": "https://models.example.org/?key=secret"}, "base_url"),
        ({"base_url": "https://[broken"}, "base_url"),
        ({"base_url": "https://models.example.org:port"}, "base_url"),
        ({"base_url": "models.example.org"}, "base_url"),
        ({"base_url": "http://models.example.org"}, "base_url"),
        ({"key_variable": "SECRET_KEY"}, "key_variable"),
        ({"key_variable": "DATABASE_URL"}, "key_variable"),
        ({"key_variable": "sk-ant-api03-secret"}, "key_variable"),
        ({"max_concurrency": 0}, "max_concurrency"),
        ({"budget_tokens": -1}, "budget_tokens"),
        ({"parameters": {"temperature": "yes"}}, "parameters"),
        ({"parameters": {"top_k": True}}, "parameters"),
        ({"parameters": {"token_limit": "words"}}, "parameters"),
    ],
)
def test_what_cannot_work_or_would_leak_a_secret_is_refused_with_its_field(
    cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Unacceptable) as caught:
        register_endpoint(actor=cast.steward, **(GOOD | wrong))
    assert caught.value.field == field
    assert not Endpoint.objects.exists()


def test_a_key_may_travel_in_the_clear_inside_a_private_network_only(cast: Cast) -> None:
    register_endpoint(actor=cast.steward, **(GOOD | {"base_url": "http://10.0.0.7:8080"}))
    assert Endpoint.objects.get().base_url == "http://10.0.0.7:8080"


def test_a_name_is_taken_once(cast: Cast) -> None:
    register_endpoint(actor=cast.steward, **GOOD)
    with pytest.raises(IllegalMove, match="Haldane 2"):
        register_endpoint(actor=cast.steward, **GOOD)


def test_limits_change_and_address_and_model_stay(cast: Cast) -> None:
    endpoint = register_endpoint(actor=cast.steward, **GOOD)
    for _ in range(2):
        change_endpoint(
            actor=cast.steward, endpoint_id=endpoint.pk, max_concurrency=5, budget_tokens=900, active=True
        )
    kept = Endpoint.objects.get()
    assert (kept.max_concurrency, kept.budget_tokens, kept.model) == (5, 900, "haldane-2")
    assert Event.objects.filter(verb="modelcalls.endpoint.changed").count() == 1


def test_only_a_steward_changes_limits(cast: Cast) -> None:
    endpoint = register_endpoint(actor=cast.steward, **GOOD)
    with pytest.raises(NotAllowed):
        change_endpoint(
            actor=cast.editor, endpoint_id=endpoint.pk, max_concurrency=5, budget_tokens=None, active=True
        )
