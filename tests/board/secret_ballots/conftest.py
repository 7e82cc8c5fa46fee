"""A secret vote that is open."""

import pytest

from board.models import Ballot
from tests.cast import admit_cast
from tests.factories.board import open_secret_ballot_for


@pytest.fixture
def ballot(request: pytest.FixtureRequest) -> Ballot:
    if "cast" not in request.fixturenames:
        return open_secret_ballot_for(admit_cast())
    return open_secret_ballot_for(request.getfixturevalue("cast"))
