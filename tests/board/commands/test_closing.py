"""Closing: each rule by name, with the event sequence it comes from (T30 …)."""

from datetime import timedelta

import pytest
from django.utils.dateparse import parse_datetime

from accounts import commands as accounts
from audit.models import Event
from audit.testing import recorded
from board.commands import ballots
from board.queries import roll_of
from board.registry import MotionKind, kinds
from board.tasks import close_due_ballots
from core import clock
from core.errors import IllegalMove, NotAllowed
from core.policies import Process
from tests.board.commands.rounds import status, take
from tests.cast import Cast
from tests.factories.board import found_board, move_motion, open_ballot_for, vote

pytestmark = pytest.mark.django_db


def test_the_closing_job_closes_what_is_due_once_and_leaves_the_rest(cast: Cast) -> None:
    board = found_board(cast)
    due = open_ballot_for(cast, move_motion(cast, board), days=1)
    later = open_ballot_for(cast, move_motion(cast, board), days=3)
    with clock.moved(timedelta(days=2)):
        assert close_due_ballots() == 1
        assert close_due_ballots() == 0
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("closed", "open")
    event = Event.objects.get(verb="board.ballot.closed")
    assert (event.actor_name, event.actor_id, event.data["early"]) == ("The board's clock", None, False)


def test_closing_again_by_the_job_is_unchanged_and_by_the_secretary_refused(cast: Cast) -> None:
    ballot = open_ballot_for(cast, days=1)
    with clock.moved(timedelta(days=2)):
        close_due_ballots()
        again = ballots.close_ballot(actor=Process("The board's clock"), ballot_id=ballot.pk)
        assert again.state == "closed"
        with pytest.raises(IllegalMove, match="closed, awaiting certification"):
            ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert Event.objects.filter(verb="board.ballot.closed", outcome="done").count() == 1


def test_the_job_never_closes_early(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    assert ballots.close_ballot(actor=Process("The board's clock"), ballot_id=ballot.pk).state == "open"


def test_early_close_when_everybody_has_voted_and_no_hold_stands(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair)
    with pytest.raises(IllegalMove, match="closes early only when"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    vote(ballot, "reject", cast.member)
    vote(ballot, "hold", cast.colleague)
    with pytest.raises(IllegalMove, match="no hold stands"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    vote(ballot, "abstain", cast.colleague, reason="It is checked.")
    closed = ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert closed.state == "closed"
    assert closed.counts_until == closed.closed_at < closed.closes_at
    assert roll_of(closed, clock.now()).counts.participation == 3


def test_early_close_when_the_silent_can_change_nothing(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member)
    assert ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).state == "closed"


def test_t30_no_early_close_before_the_minimum_time(cast: Cast) -> None:
    ballot = open_ballot_for(cast, move_motion(cast, found_board(cast, demonstration=False)))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with pytest.raises(IllegalMove, match="The earliest close is"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    with clock.moved(timedelta(days=3, minutes=1)):
        assert ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).state == "closed"


def test_irreversible_rules_know_no_early_close(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._items, "remove_weights", MotionKind("Remove weights", "irreversible"))
    ballot = open_ballot_for(cast, move_motion(cast, found_board(cast), kind="remove_weights"))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with pytest.raises(IllegalMove, match="never closes early"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def test_only_the_secretary_or_the_clock_closes(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with clock.frozen(ballot.closes_at):
        for actor in (cast.steward, cast.chair, cast.auditor):
            with pytest.raises(NotAllowed):
                ballots.close_ballot(actor=actor, ballot_id=ballot.pk)


def test_t33_a_daylight_saving_change_does_not_move_the_close(cast: Cast) -> None:
    opened, closes = parse_datetime("2027-03-26T12:00:00+01:00"), parse_datetime("2027-03-29T12:00:00+02:00")
    assert opened is not None
    assert closes is not None
    with clock.frozen(opened):
        motion = move_motion(cast, found_board(cast))
        ballot = ballots.open_ballot(actor=cast.secretary, motion_id=motion.pk, closes_at=closes)
    ballot.refresh_from_db()
    assert ballot.closes_at.isoformat() == "2027-03-29T10:00:00+00:00"
    with clock.frozen(closes - timedelta(seconds=1)):
        take(cast.member, ballot)
    with clock.frozen(closes), pytest.raises(IllegalMove):
        take(cast.chair, ballot)


def test_t34_a_renamed_person_keeps_the_name_they_voted_under(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    person = cast.person("member")
    with recorded():
        person.name = "Somebody Else"
        person.save()
    assert roll_of(ballot, clock.now()).line_of(person.pk).name == "Member"  # type: ignore[union-attr]


def test_a_role_withdrawn_while_the_vote_is_open_does_not_take_the_vote(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    grant = cast.person("member").grants.get()
    accounts.revoke_role(actor=cast.steward, grant_id=grant.pk, reason="Term of the role over.")
    take(cast.member, ballot)
    assert status(ballot, cast.member) == "approve"
