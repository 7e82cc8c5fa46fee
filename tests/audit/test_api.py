"""The seal in the public API: what an outsider gets without asking anybody, and checks by themselves."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from audit.merkle import leaf_hash, verify_inclusion
from audit.models import Checkpoint, Event
from audit.notes import VerifierKey, opened
from audit.signing import new_key_file
from tests.audit.log import SealedLog, seal_now, sealed_log

LATEST = "/api/v1/checkpoints/latest"
PROBLEM = "application/problem+json"


@pytest.fixture
def log(fresh_db: str, settings: Any, tmp_path: Path) -> SealedLog:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return sealed_log(tmp_path)


def test_every_sealed_event_is_proved_to_an_outsider(log: SealedLog, client: Client) -> None:
    last = client.get(LATEST).json()
    keys = [VerifierKey.parse(key) for key in last["keys"]]
    said = opened(last["note"], keys)
    assert (said.size, said.root) == (last["size"], b64decode(last["root"]))
    for number in Event.objects.filter(leaf__isnull=False).values_list("number", flat=True):
        proof = client.get(f"/api/v1/events/{number}/proof").json()
        assert proof["event"] == number
        assert f"event {number} " in proof["leaf"]
        hashes = [b64decode(hashed) for hashed in proof["proof"]]
        checkpoint = opened(proof["checkpoint"], keys)
        assert verify_inclusion(
            leaf_hash(proof["leaf"].encode()), proof["index"], checkpoint.size, hashes, checkpoint.root
        )


def test_what_somebody_has_already_is_not_sent_again_until_it_changes(log: SealedLog, client: Client) -> None:
    first = client.get(LATEST)
    assert first["Last-Modified"]
    assert first["Access-Control-Allow-Origin"] == "*"
    same = client.get(LATEST, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    unmodified = client.get(LATEST, headers={"If-Modified-Since": first["Last-Modified"]})
    assert unmodified.status_code == 304
    seal_now(log.signer)
    changed = client.get(LATEST, headers={"If-None-Match": first["ETag"]})
    assert changed.json()["size"] == Checkpoint.objects.latest("size").size > first.json()["size"]


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("get", "/api/v1/events/999999999/proof", 404, "no sealed entry 999999999"),
        ("get", "/api/v1/events/99999999999999999999999/proof", 404, "no sealed entry"),
        ("get", "/api/v1/events/one/proof", 404, "openapi.json"),
        ("get", "/api/v1/nowhere", 404, "openapi.json"),
        ("get", "/api/v1/", 404, "openapi.json"),
        ("post", LATEST, 405, "read-only"),
        ("delete", "/api/v1/events/1/proof", 405, "read-only"),
        ("get", LATEST, 404, "Nothing is sealed yet"),
    ],
)
@pytest.mark.django_db
def test_a_problem_is_told_in_one_form(
    method: str, path: str, status: int, said: str, client: Client
) -> None:
    response = getattr(client, method)(path)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert said in body["detail"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    if status == 405:
        assert response["Allow"] == "GET"


def test_head_says_what_get_would(log: SealedLog, client: Client) -> None:
    answered = client.head(LATEST)
    assert (answered.status_code, answered.content) == (200, b"")
    assert answered["ETag"] == client.get(LATEST)["ETag"]


@pytest.mark.django_db
def test_it_describes_itself(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/checkpoints/latest", "/api/v1/events/{number}/proof"} <= set(described["paths"])
    assert all(set(methods) == {"get"} for methods in described["paths"].values())
