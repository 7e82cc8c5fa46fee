"""The secretary's view of open votes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from board.models import Board
from tests.cast import Cast
from tests.factories.board import move_motion, open_ballot_for, vote

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
BALLOTS = "/desk/ballots/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_secretary_sees_who_has_voted_and_never_how(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "reject", cast.chair)
    page = signed_in("secretary").get(BALLOTS)
    shown = page.context["votes"].matrix
    assert {row.name: row.cells for row in shown.members.rows} == {
        "Chair": ["voted"],
        "Member": ["silent"],
        "Colleague": ["silent"],
    }
    section = text(page).split('id="secretary"')[1].split("</section>")[0]
    assert "Reject" not in section
    assert "quorum" in section
    assert "Remind 2 members" in section


def test_members_stewards_and_auditors_do_not_get_the_view(cast: Cast, signed_in: SignedIn) -> None:
    open_ballot_for(cast)
    for role in ("chair", "member", "steward", "auditor"):
        assert signed_in(role).get(BALLOTS).context["votes"].matrix is None


def test_after_a_reminder_the_button_gives_way_to_the_fact(cast: Cast, signed_in: SignedIn) -> None:
    ballot = open_ballot_for(cast)
    client = signed_in("secretary")
    url = reverse("board:ballot-remind", args=[ballot.pk])
    assert "Chair" in text(client.get(url))
    assert client.post(url).status_code == 303
    page = text(client.get(BALLOTS))
    assert "Reminded today." in page
    assert "Remind 3 members" not in page
    assert client.post(url).status_code == 409


def test_the_view_costs_the_same_with_one_vote_and_with_six(cast: Cast, signed_in: SignedIn) -> None:
    open_ballot_for(cast)
    client = signed_in("secretary")
    client.get(BALLOTS)
    with CaptureQueriesContext(connection) as one:
        client.get(BALLOTS)
    for number in range(5):
        open_ballot_for(cast, move_motion(cast, Board.objects.get(), title=f"Shall it be {number}?"))
    with CaptureQueriesContext(connection) as six:
        client.get(BALLOTS)
    assert len(one) == len(six) <= 12
