"""Two at once, with real commits: nothing lost, nothing doubled, and the lock decides who was first."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from accounts.actors import PersonActor
from audit.models import Event
from board.commands import ballots
from board.models import Ballot, Certificate, Position
from board.queries import roll_of
from board.tasks import close_due_ballots
from core import clock
from core.errors import IllegalMove, Refused
from tests.cast import admit_cast
from tests.factories.board import (
    closed_ballot_for,
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
    vote,
)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; each one's result, or the refusal it met."""
    together = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            together.wait(timeout=10)
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def test_t28_two_votes_of_one_member_at_once_are_both_kept_and_one_is_current(fresh_db: str) -> None:
    cast = admit_cast()
    ballot = open_ballot_for(cast)

    def say(position: str) -> Callable[[], object]:
        return lambda: ballots.take_position(
            actor=cast.member, ballot_id=ballot.pk, position=position, reason=f"I {position}.", lifts_when="x"
        )

    at_once(say("approve"), say("reject"))
    kept = list(Position.objects.filter(ballot=ballot).order_by("number"))
    assert [row.number for row in kept] == [1, 2]
    assert {row.position for row in kept} == {"approve", "reject"}
    line = roll_of(ballot, clock.now()).line_of(cast.member.id)
    assert line is not None
    assert line.status == kept[-1].position


def test_a_double_click_leaves_one_position_and_one_event(fresh_db: str) -> None:
    cast = admit_cast()
    ballot = open_ballot_for(cast)

    def click() -> object:
        return ballots.take_position(actor=cast.member, ballot_id=ballot.pk, position="approve")

    first, *others = at_once(click, click, click)
    assert all(other == first for other in others)
    assert Position.objects.count() == 1
    assert Event.objects.filter(verb="board.position.taken").count() == 1


def test_all_members_vote_at_once_and_none_is_lost(fresh_db: str) -> None:
    cast = admit_cast()
    ballot = open_ballot_for(cast)
    at_once(
        *(
            lambda who=who: vote(ballot, "approve", getattr(cast, who))
            for who in ("chair", "member", "colleague")
        )
    )
    assert roll_of(ballot, clock.now()).counts.approve == 3
    assert sorted(Position.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_five_hundred_electors_vote_at_once_and_the_count_is_the_replay_of_the_events(fresh_db: str) -> None:
    """Twenty-four at a time, each sending the same twice: none lost, none doubled, numbered without a gap."""
    cast = admit_cast()
    board = found_board(cast)
    people = [cast.chair, cast.member, cast.colleague, *seat_more(cast, board, 497)]
    ballot = open_ballot_for(cast, move_motion(cast, board))
    said = {actor.id: ("approve", "abstain", "reject")[place % 3] for place, actor in enumerate(people)}

    def send(actor: PersonActor) -> None:
        try:
            for _ in range(2):
                vote(ballot, said[actor.id], actor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(24) as workers:
        list(workers.map(send, people))
    kept = Position.objects.filter(ballot=ballot).values_list("elector__person_id", "position")
    assert sorted(kept) == sorted(said.items())
    assert set(Position.objects.values_list("number", flat=True)) == set(range(1, 501))
    told = Event.objects.filter(verb="board.position.taken", target_id=str(ballot.pk), outcome="done")
    replay = Counter(event.data["position"] for event in told)
    counts = roll_of(ballot, clock.now()).counts
    assert (counts.approve, counts.abstain, counts.reject) == (167, 167, 166)
    assert replay == Counter(approve=167, abstain=167, reject=166)


def test_a_vote_that_waits_for_the_closing_is_late(fresh_db: str) -> None:
    """The vote queues behind the closing's lock and asks the clock only once it has it."""
    cast = admit_cast()
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.colleague)
    results = at_once(
        lambda: ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk),
        lambda: ballots.take_position(
            actor=cast.member, ballot_id=ballot.pk, position="reject", reason="Too soon."
        ),
    )
    closed, voted = results
    assert isinstance(closed, Ballot)
    ballot.refresh_from_db()
    counted = roll_of(ballot, clock.now()).counts
    if isinstance(voted, Position):
        assert voted.taken_at <= ballot.closed_at
        assert counted.reject == 1
    else:
        assert isinstance(voted, IllegalMove)
        assert counted.reject == 0
        assert Position.objects.filter(ballot=ballot).count() == 2


def test_the_closing_job_twice_at_once_closes_once(fresh_db: str) -> None:
    cast = admit_cast()
    board = found_board(cast)
    for _ in range(3):
        open_ballot_for(cast, move_motion(cast, board), days=2 / 86_400)
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(2.1)")
    at_once(close_due_ballots, close_due_ballots)
    assert set(Ballot.objects.values_list("state", flat=True)) == {"closed"}
    assert Event.objects.filter(verb="board.ballot.closed", outcome="done").count() == 3


def test_two_certifications_at_once_make_one_certificate(fresh_db: str) -> None:
    cast = admit_cast()
    ballot = closed_ballot_for(cast)

    def certify() -> object:
        return ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)

    results = at_once(certify, certify)
    assert sum(isinstance(result, Certificate) for result in results) == 1
    assert sum(isinstance(result, IllegalMove) for result in results) == 1
    assert Certificate.objects.count() == 1


def test_two_ballots_opened_at_once_on_one_motion_leave_one(fresh_db: str) -> None:
    cast = admit_cast()
    motion = move_motion(cast, found_board(cast))

    def open_it() -> object:
        return ballots.open_ballot(
            actor=cast.secretary, motion_id=motion.pk, closes_at=clock.now() + timedelta(days=3)
        )

    results = at_once(open_it, open_it)
    assert sum(isinstance(result, Ballot) for result in results) == 1
    assert sum(isinstance(result, IllegalMove) for result in results) == 1


@pytest.mark.parametrize("boards", [2])
def test_certificates_of_two_boards_at_once_get_two_numbers_without_a_gap(fresh_db: str, boards: int) -> None:
    cast = admit_cast()
    closed = []
    for number in range(boards):
        ballot = open_ballot_for(cast, move_motion(cast, found_board(cast, name=f"Board {number}")))
        vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
        closed.append(ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk).pk)
    at_once(*(lambda pk=pk: ballots.certify_result(actor=cast.secretary, ballot_id=pk) for pk in closed))
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == [1, 2]
