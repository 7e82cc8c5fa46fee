"""A scripted provider, an endpoint at it, and somebody who wants answers."""

from collections.abc import Iterator

import pytest

from modelcalls.models import Endpoint
from tests.factories.modelcalls import Asker, asking, scripted_endpoint
from tests.provider import ScriptedProvider


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    with ScriptedProvider() as running:
        yield running


@pytest.fixture
def asker() -> Iterator[Asker]:
    with asking() as receiving:
        yield receiving


@pytest.fixture
def endpoint(db: None, provider: ScriptedProvider) -> Endpoint:
    return scripted_endpoint(provider)


@pytest.fixture
def broker_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application points at a broker that nobody runs."""
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
