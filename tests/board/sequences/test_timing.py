"""Sequences of counting and timing: the close, the same twice, rules adopted meanwhile (T01 to T04, T25 to T33)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from audit.testing import recorded
from board.commands import ballots, motions
from board.models import (
    Ballot,
    Position,
    Terms,
)
from board.tally import decide
from board.tasks import close_due_ballots
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, Unacceptable
from tests.board.sequences.rounds import SECOND, certify, close, counts, done, line, take
from tests.cast import Cast
from tests.factories.board import (
    found_board,
    move_motion,
    open_ballot_for,
    vote,
)

pytestmark = pytest.mark.django_db


def test_t01_a_position_one_second_before_the_close_is_counted(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - SECOND):
        take(cast.member, ballot)
    close(cast, ballot)
    assert counts(ballot).approve == 1


@pytest.mark.parametrize("late", [timedelta(0), timedelta(milliseconds=1), timedelta(minutes=10)])
def test_t02_a_position_at_the_close_is_refused_though_the_job_is_late(cast: Cast, late: timedelta) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - timedelta(milliseconds=1)):
        take(cast.chair, ballot)
    with clock.frozen(ballot.closes_at + late), pytest.raises(IllegalMove, match="This vote closed on"):
        take(cast.member, ballot)
    with clock.frozen(ballot.closes_at + timedelta(hours=1)):
        assert close_due_ballots() == 1
        assert close_due_ballots() == 0
    assert counts(ballot).approve == 1
    assert ballot.counts_until == ballot.closes_at
    assert done("board.ballot.closed") == 1


def test_t03_approve_reject_approve_counts_once_and_three_are_shown(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    take(cast.member, ballot)
    take(cast.member, ballot, "reject", reason="Not yet.")
    take(cast.member, ballot, "approve", reason="Now.")
    assert counts(ballot).approve == 1
    assert [stance.position for stance in line(ballot, cast.member).stances] == [
        "approve",
        "reject",
        "approve",
    ]
    assert done("board.position.taken") == 3


def test_t04_the_same_twice_is_one_event_and_an_older_tab_is_warned(cast: Cast, signed_in: Any) -> None:
    ballot = open_ballot_for(cast)
    client: Client = signed_in("member")
    url = reverse("board:ballot-position", args=[ballot.pk])
    form = {"position": "approve", "seen": "1.0"}
    assert [client.post(url, form).status_code for _ in range(2)] == [303, 303]
    assert done("board.position.taken") == 1
    other = client.post(url, {"position": "reject", "reason": "From the older tab.", "seen": "1.0"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "Your position was changed in another tab" in page
    assert "From the older tab." in page
    assert Position.objects.count() == 1
    assert f'name="seen" value="1.{Position.objects.get().number}"' in page


def test_t25_a_second_ballot_on_one_motion_is_refused_by_the_database_too(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove):
        open_ballot_for(cast, ballot.motion)
    with pytest.raises(IntegrityError, match="ballot_one_live_per_motion"), recorded():
        Ballot.objects.create(
            motion=ballot.motion,
            round=2,
            state="open",
            terms=ballot.terms,
            motion_digest="",
            opens_at=ballot.opens_at,
            closes_at=ballot.closes_at,
        )


def test_t26_rules_adopted_while_a_vote_is_open_do_not_reach_it(cast: Cast) -> None:
    board = found_board(cast)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    before = digest_of(ballot.terms)
    motion = motions.propose_terms(
        actor=cast.steward,
        board_id=board.pk,
        name="ordinary",
        minimum_opening_days=5,
        hold_lapse_days=21,
        extension_days=7,
        act_floor=2,
        why="Votes were too hasty.",
    )
    other = open_ballot_for(cast, motion)
    vote(other, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=other.pk)
    certificate = certify(cast, other)
    adopted = Terms.objects.get(board=board, name="ordinary", version=2)
    assert (adopted.minimum_opening_days, adopted.hold_lapse_days, adopted.tally_terms.act_floor) == (
        5,
        21,
        2,
    )
    assert adopted.basis == f"Decision {certificate.number}"
    ballot.refresh_from_db()
    assert digest_of(ballot.terms) == before
    with pytest.raises(Unacceptable, match="at least 5 days"):
        open_ballot_for(cast, move_motion(cast, board), days=4)


def test_t28_two_electors_at_the_last_moment_are_both_kept_in_a_fixed_order(cast: Cast) -> None:
    """The lock orders them; threads do the same in test_concurrency."""
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at - SECOND):
        take(cast.member, ballot)
        take(cast.colleague, ballot, "reject", reason="No.")
    close(cast, ballot)
    assert list(Position.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert decide(ballot.arithmetic, counts(ballot)) == decide(ballot.arithmetic, counts(ballot))
    assert (counts(ballot).approve, counts(ballot).reject) == (1, 1)


def test_t33_daylight_saving_moves_no_close(cast: Cast) -> None:
    opened, closes = parse_datetime("2027-03-26T12:00:00+01:00"), parse_datetime("2027-03-29T12:00:00+02:00")
    assert opened is not None
    assert closes is not None
    with clock.frozen(opened):
        motion = move_motion(cast, found_board(cast))
        ballot = ballots.open_ballot(actor=cast.secretary, motion_id=motion.pk, closes_at=closes)
    ballot.refresh_from_db()
    assert ballot.closes_at.isoformat() == "2027-03-29T10:00:00+00:00"
    with clock.frozen(closes - SECOND):
        take(cast.member, ballot)
    with clock.frozen(closes), pytest.raises(IllegalMove, match="29 Mar 2027, 10:00 UTC"):
        take(cast.chair, ballot)


def test_t30_everybody_voted_early_and_the_vote_stays_open_for_its_minimum(
    cast: Cast, signed_in: Any
) -> None:
    board = found_board(cast, demonstration=False)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    response = signed_in("secretary").post(reverse("board:ballot-close", args=[ballot.pk]), {"reason": ""})
    assert response.status_code == 409
    assert "The earliest close is" in response.content.decode()
    with clock.moved(timedelta(days=3, minutes=1)):
        assert ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).state == "closed"
