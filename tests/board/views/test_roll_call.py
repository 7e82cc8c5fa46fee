"""What a public decision tells of who voted how: names, affiliations or totals, by rule of the organisation."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from board.commands.ballots import certify_result
from tests.accounts.test_organisation import make_organisation
from tests.cast import Cast
from tests.factories.board import closed_ballot_for


def decided(cast: Cast) -> str:
    ballot = closed_ballot_for(cast, approving=("chair", "member"))
    return certify_result(actor=cast.secretary, ballot_id=ballot.pk).number


def page_of(client: Client, number: str) -> str:
    return client.get(reverse("board_public:decision", args=[number])).content.decode()


def test_by_names_everybody_is_named_with_their_vote(cast: Cast) -> None:
    number = decided(cast)
    make_organisation(cast, roll_call="names")
    page = page_of(Client(), number)
    assert "Colleague" in page
    assert "Office of the colleague" in page


def test_by_affiliations_nobody_is_named(cast: Cast) -> None:
    number = decided(cast)
    make_organisation(cast, roll_call="affiliations")
    page = page_of(Client(), number)
    assert "Office of the colleague" in page
    assert "Colleague" not in page


def test_by_totals_there_are_numbers_alone(cast: Cast) -> None:
    number = decided(cast)
    make_organisation(cast, roll_call="totals")
    page = page_of(Client(), number)
    assert "tells totals only" in page
    assert "Colleague" not in page
    assert "Office of the colleague" not in page


@pytest.mark.parametrize("rule", ["affiliations", "totals"])
@pytest.mark.parametrize("file", ["certificate", "words", "certificate-pdf"])
def test_the_files_that_name_everybody_stay_with_the_board(
    cast: Cast, signed_in: Callable[[str], Client], file: str, rule: str
) -> None:
    where = reverse(f"board_public:decision-{file}", args=[decided(cast)])
    make_organisation(cast, roll_call=rule)
    assert Client().get(where).status_code == 404
    assert signed_in("outsider").get(where).status_code == 404
    assert signed_in("auditor").get(where).status_code == 200
