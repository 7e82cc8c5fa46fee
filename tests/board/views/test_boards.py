"""The pages of boards and seats."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from board.models import Board, Seat
from core import clock
from tests.cast import Cast
from tests.factories.board import found_board, seat_more

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_steward_founds_a_board_and_seats_somebody_for_a_term(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("steward")
    said = {"name": "Retirement board", "notice_days": "90", "act_floor": "2"}
    assert client.post(reverse("board:board-found"), said).status_code == 303
    board = Board.objects.get()
    assert board.notice_days == 90
    ends = clock.today() + timedelta(days=700)
    seated = client.post(
        reverse("board:board-seat", args=[board.pk]),
        {
            "person_id": cast.person("chair").pk,
            "role": "chair",
            "basis": "The founding",
            "ends_on": ends.isoformat(),
        },
    )
    assert seated.status_code == 303
    seat = Seat.objects.get()
    assert (seat.person_id, seat.role, seat.ends_on) == (cast.chair.id, "chair", ends)
    page = text(client.get(reverse("board:board")))
    assert "The founding" in page
    assert 'class="office"' in page


def test_nobody_is_offered_their_own_seat_or_somebody_without_the_role(
    cast: Cast, signed_in: SignedIn
) -> None:
    board = found_board(cast)
    people = signed_in("secretary").get(reverse("board:board-seat", args=[board.pk])).context["form"]
    offered = set(people.fields["person_id"].queryset.values_list("name", flat=True))
    assert {"Chair", "Member", "Colleague"} <= offered
    assert offered.isdisjoint({"Secretary", "Editor", "Outsider"})


def test_a_second_chair_is_refused_on_the_form_and_what_was_typed_is_kept(
    cast: Cast, signed_in: SignedIn
) -> None:
    board = found_board(cast)
    person = cast.person("member")
    response = signed_in("steward").post(
        reverse("board:board-seat", args=[board.pk]),
        {"person_id": person.pk, "role": "chair", "basis": "Elected in spring"},
    )
    assert response.status_code == 409
    assert "Elected in spring" in text(response)


def test_a_member_resigns_and_the_page_says_so_under_former_seats(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    seat = Seat.objects.get(board=board, person=cast.person("member"))
    client = signed_in("member")
    page = text(client.get(reverse("board:board")))
    assert "Resign" in page
    assert "End the seat" not in page
    url = reverse("board:seat-end", args=[seat.pk])
    assert "cannot be undone" in text(client.get(url))
    assert client.post(url, {"basis": "Resigned, moving abroad"}).status_code == 303
    assert "Resigned, moving abroad" in text(client.get(reverse("board:board")))
    events = Event.objects.count()
    assert client.post(url, {"basis": "Resigned, moving abroad"}).status_code == 303
    assert Event.objects.count() == events


def test_the_secretary_names_the_member_an_alternate_stands_in_for(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    seat_more(cast, board, 1, role="alternate")
    alternate = Seat.objects.get(role="alternate")
    member = Seat.objects.get(board=board, person=cast.person("member"))
    url = reverse("board:seat-stand-in", args=[alternate.pk])
    client = signed_in("secretary")
    assert client.post(url, {"member_seat_id": member.pk, "reason": "On leave"}).status_code == 303
    assert "stands in for Member" in text(client.get(reverse("board:board")))
    assert client.post(url, {"member_seat_id": "", "reason": "Back again"}).status_code == 303
    alternate.refresh_from_db()
    assert alternate.seated_for is None


def test_the_page_costs_the_same_with_three_members_and_with_thirty(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    client = signed_in("secretary")
    client.get(reverse("board:board"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("board:board"))
    seat_more(cast, board, 27)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("board:board"))
    assert len(many) == len(few) <= 12
