"""/healthz and /readyz say what is the matter, each part by its name."""

import pytest
from django.test import Client

from tests.journeys.installation import free_port


def test_alive_needs_nothing_else(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_without_a_broker_it_is_not_ready_and_says_so(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{free_port()}/0")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "database": "ok",
        "broker": "does not answer",
        "worker": "does not answer",
    }
