"""Decisions in public: the page, the list, the file, and what they do not tell."""

import hashlib
import json

import pytest
from django.test import Client
from django.urls import reverse

from board.commands import ballots
from board.models import Certificate
from core.digests import canonical_json
from tests.cast import Cast
from tests.factories.board import closed_ballot_for, open_ballot_for, vote

pytestmark = pytest.mark.django_db


def decide(cast: Cast, approving: list[str]) -> Certificate:
    return ballots.certify_result(actor=cast.secretary, ballot_id=closed_ballot_for(cast, approving).pk)


def read(name: str, *args: str) -> str:
    response = Client().get(reverse(f"board_public:{name}", args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_carried_decision_is_public_with_its_count_its_rules_and_its_minority(cast: Cast) -> None:
    certificate = decide(cast, ["chair", "member"])
    page = read("decision", certificate.number)
    assert page.count("<h1") == 1
    assert "Carried (approved): 2 of 3 eligible approved; 2 were needed." in page
    assert "Three on the roll, all eligible." in page
    assert "more than half: 2 of 3" in page
    assert '“Because I reject.”</p><p class="muted">Colleague (reject)' in page
    assert "no minimum opening time (0 days) and no notice days (0)" in page
    assert "One approval fewer would have lost it." in page
    assert "Verified" in page
    assert f"http://127.0.0.1:8000/decisions/{certificate.number}/" in page, (
        "an address to cite is a whole one"
    )


def test_a_lost_decision_says_that_things_stay_as_they_were(cast: Cast) -> None:
    certificate = decide(cast, ["chair"])
    page = read("decision", certificate.number)
    assert "What was asked" in page
    assert "things stay as they were. The reading room stays closed on Sundays." in page


def test_the_digest_of_the_file_is_the_digest_of_the_certificate(cast: Cast) -> None:
    certificate = decide(cast, ["chair", "member"])
    response = Client().get(reverse("board_public:decision-certificate", args=[certificate.number]))
    assert response["Content-Type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() == certificate.digest
    assert canonical_json(json.loads(response.content)) == response.content


def test_the_text_of_a_recusal_is_not_published(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    ballots.recuse(
        actor=cast.colleague, ballot_id=ballot.pk, category="financial", text="I own shares in it."
    )
    vote(ballot, "approve", cast.chair, cast.member)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    page = read("decision", certificate.number)
    assert "Recused" in page
    assert "I own shares" not in page
    assert "I own shares" not in json.dumps(certificate.told)


def test_an_uncertified_vote_is_nowhere_in_public(cast: Cast) -> None:
    closed_ballot_for(cast)
    assert "Nothing has been decided yet" in read("decisions")


def test_the_list_names_result_and_date(cast: Cast) -> None:
    certificate = decide(cast, ["chair", "member"])
    page = read("decisions")
    assert certificate.number in page
    assert "Carried (approved)" in page


@pytest.mark.parametrize("number", ["2020-01", "nonsense", "2026-01x"])
def test_a_number_that_is_none_is_404(db: None, number: str) -> None:
    assert Client().get(f"/decisions/{number}/").status_code == 404
    assert Client().get(f"/decisions/{number}/certificate.json").status_code == 404


def test_links_are_listed_for_print(cast: Cast) -> None:
    certificate = decide(cast, ["chair", "member"])
    assert f"<li>/decisions/{certificate.number}/certificate.json</li>" in read(
        "decision", certificate.number
    )
