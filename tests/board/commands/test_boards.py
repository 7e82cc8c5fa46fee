"""Boards and seats: founding, seating, ending, alternates."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from audit.models import Event
from audit.testing import recorded
from board.commands import boards
from board.models import Board, Seat, Terms
from board.queries import seats_in_office
from board.tally import STANDARD_TERMS, terms_from_data
from core import clock
from core.errors import IllegalMove, NotAllowed, Unacceptable
from tests.cast import Cast
from tests.factories.board import found_board, seat_more

pytestmark = pytest.mark.django_db


def seat(cast: Cast, board: Board, who: str, role: str = "member", **options: object) -> Seat:
    return boards.seat_member(
        actor=cast.steward,
        board_id=board.pk,
        person_id=cast.person(who).pk,
        role=role,
        basis="Elected",
        **options,  # type: ignore[arg-type]
    )


def test_a_board_is_founded_with_the_six_standard_terms_as_version_one(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Retirement board")
    adopted = {terms.name: terms for terms in Terms.objects.filter(board=board)}
    assert set(adopted) == set(STANDARD_TERMS)
    for name, terms in adopted.items():
        assert terms_from_data(terms.arithmetic) == STANDARD_TERMS[name]
        assert terms.version == 1
    assert adopted["retirement"].minimum_opening_days == 7
    assert (adopted["irreversible"].minimum_opening_days, adopted["irreversible"].early_close) == (14, False)
    assert adopted["retirement"].hold_lapse_days == 14
    assert board.notice_days == 60


def test_a_demonstration_board_has_no_minimum_opening_and_no_notice_days(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Demonstration", demonstration=True)
    assert set(board.terms.values_list("minimum_opening_days", flat=True)) == {0}
    assert board.notice_days == 0


@pytest.mark.parametrize("who", ["chair", "member", "editor", "auditor", "outsider"])
def test_only_a_steward_or_secretary_founds_a_board(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        boards.found_board(actor=getattr(cast, who), name="Mine")
    assert not Board.objects.exists()


def test_a_board_needs_a_name_of_its_own_and_two_who_can_act(cast: Cast) -> None:
    with pytest.raises(Unacceptable):
        boards.found_board(actor=cast.steward, name="  ")
    with pytest.raises(Unacceptable):
        boards.found_board(actor=cast.steward, name="One", act_floor=1)
    boards.found_board(actor=cast.steward, name="One")
    with pytest.raises(IllegalMove, match="already"):
        boards.found_board(actor=cast.steward, name="One")


def test_nobody_gives_themselves_a_seat(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Board")
    with pytest.raises(NotAllowed, match="Nobody gives themselves a seat"):
        boards.seat_member(
            actor=cast.secretary, board_id=board.pk, person_id=cast.secretary.id, role="secretary", basis="Me"
        )


def test_a_seat_needs_the_role_that_goes_with_it(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Board")
    with pytest.raises(IllegalMove, match="Grant Editor the role board member first"):
        seat(cast, board, "editor")
    with pytest.raises(IllegalMove, match="role secretary first"):
        seat(cast, board, "member", "secretary")


def test_a_seat_needs_a_basis_and_a_term_that_ends_after_it_starts(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Board")
    with pytest.raises(Unacceptable, match="act that gives"):
        boards.seat_member(
            actor=cast.steward, board_id=board.pk, person_id=cast.member.id, role="member", basis=" "
        )
    with pytest.raises(Unacceptable, match="before it starts"):
        seat(cast, board, "member", ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(Unacceptable, match="Choose the seat"):
        seat(cast, board, "member", "king")


def test_one_person_holds_one_seat_and_a_board_has_one_chair(cast: Cast) -> None:
    board = found_board(cast)
    with pytest.raises(IllegalMove, match="Member has a seat on this board already"):
        seat(cast, board, "member")
    boards.end_seat(
        actor=cast.secretary,
        seat_id=Seat.objects.get(person_id=cast.member.id).pk,
        basis="Resigned by letter",
    )
    with pytest.raises(IllegalMove, match="Chair is the chair"):
        seat(cast, board, "member", "chair")


def test_the_database_refuses_two_chairs_and_two_seats_for_one_person(cast: Cast) -> None:
    board = found_board(cast)
    for person, role, name in (
        ("auditor", "chair", "seat_one_chair_per_board"),
        ("member", "member", "seat_one_per_person_and_board"),
    ):
        with pytest.raises(IntegrityError, match=name), recorded():
            Seat.objects.create(
                board=board,
                person=cast.person(person),
                role=role,
                starts_on=clock.today(),
                basis="Around the command",
            )


def test_a_term_that_is_over_makes_room(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Board")
    today = clock.today()
    old = seat(
        cast, board, "chair", "chair", starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=1)
    )
    assert not seats_in_office(board).exists()
    new = seat(cast, board, "member", "chair")
    old.refresh_from_db()
    assert old.end_basis == "The term of office was over"
    assert list(seats_in_office(board)) == [new]


def test_ending_a_seat_twice_changes_nothing(cast: Cast) -> None:
    board = found_board(cast)
    held = Seat.objects.get(board=board, person_id=cast.member.id)
    boards.end_seat(actor=cast.member, seat_id=held.pk, basis="I resign")
    boards.end_seat(actor=cast.secretary, seat_id=held.pk, basis="Again")
    assert Event.objects.filter(verb="board.seat.ended").count() == 1
    with pytest.raises(NotAllowed):
        boards.end_seat(
            actor=cast.outsider, seat_id=Seat.objects.get(person_id=cast.chair.id).pk, basis="A coup"
        )


def test_an_alternate_is_seated_for_one_member_by_the_secretary(cast: Cast) -> None:
    board = found_board(cast)
    first, second = seat_more(cast, board, 2, role="alternate")
    member = Seat.objects.get(person_id=cast.member.id)
    mine = Seat.objects.get(person_id=first.id)
    with pytest.raises(NotAllowed):
        boards.seat_alternate(actor=cast.steward, seat_id=mine.pk, member_seat_id=member.pk, reason="Travel")
    with pytest.raises(Unacceptable):
        boards.seat_alternate(actor=cast.secretary, seat_id=mine.pk, member_seat_id=member.pk, reason="")
    boards.seat_alternate(actor=cast.secretary, seat_id=mine.pk, member_seat_id=member.pk, reason="Travel")
    with pytest.raises(IllegalMove, match="Another alternate"):
        boards.seat_alternate(
            actor=cast.secretary,
            seat_id=Seat.objects.get(person_id=second.id).pk,
            member_seat_id=member.pk,
            reason="Travel",
        )
    with pytest.raises(IllegalMove, match="Only an alternate"):
        boards.seat_alternate(actor=cast.secretary, seat_id=member.pk, member_seat_id=mine.pk, reason="Swap")
    released = boards.seat_alternate(
        actor=cast.secretary, seat_id=mine.pk, member_seat_id=None, reason="Back"
    )
    assert released.seated_for is None
