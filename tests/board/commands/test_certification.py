"""Certifying: who may, what the certificate holds, and its effect in the same transaction."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accounts import commands as accounts
from accounts.actors import actor_of
from accounts.models import Person
from audit.commands import record
from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, boards
from board.models import Ballot, Certificate, Motion
from board.registry import MotionKind, kinds
from board.tally import Counts, decide, terms_from_data
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, NotAllowed
from tests.cast import Cast
from tests.factories.board import (
    closed_ballot_for,
    found_board,
    move_motion,
    open_ballot_for,
    seat_more,
    vote,
)

pytestmark = pytest.mark.django_db


def certify(cast: Cast, ballot: Ballot) -> Certificate:
    return ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)


def run_out(cast: Cast, ballot: Ballot) -> Certificate:
    with clock.moved(timedelta(days=11)):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
        return certify(cast, ballot)


def test_a_carried_result_is_certified_numbered_and_digested(cast: Cast) -> None:
    certificate = certify(cast, closed_ballot_for(cast, ["chair", "member"]))
    year = clock.now().year
    assert (certificate.number, certificate.result) == (f"{year}-01", "carried")
    assert certificate.sentence == "Carried (approved): 2 of 3 eligible approved; 2 were needed."
    assert certificate.digest == digest_of(certificate.document)
    certificate.ballot.motion.refresh_from_db()
    assert (certificate.ballot.state, certificate.ballot.motion.state) == ("certified", "carried")
    event = Event.objects.get(verb="board.result.certified")
    assert event.data == {"number": certificate.number, "result": "carried", "digest": certificate.digest}


def test_the_certificate_alone_is_enough_to_count_again(cast: Cast) -> None:
    certificate = certify(cast, closed_ballot_for(cast, ["chair", "member"]))
    certificate.refresh_from_db()
    document = certificate.told
    assert digest_of(certificate.document) == certificate.digest
    outcome = decide(terms_from_data(document["terms"]["arithmetic"]), Counts(**document["counts"]))
    assert vars(outcome) == document["outcome"]
    said = [line["status"] for line in document["roll"]]
    assert [said.count(word) for word in ("approve", "reject", "abstain", "hold")] == [
        document["counts"][word] for word in ("approve", "reject", "abstain", "hold")
    ]


def test_the_certificate_holds_terms_roll_times_and_minority_statement(cast: Cast) -> None:
    document = certify(cast, closed_ballot_for(cast, ["chair", "member"])).told
    assert document["terms"]["demonstration"] is True
    assert (document["terms"]["minimum_opening_days"], document["terms"]["notice_days"]) == (0, 0)
    assert [line["name"] for line in document["roll"]] == ["Chair", "Colleague", "Member"]
    assert all(line["position"]["taken_at"] for line in document["roll"])
    assert document["minority"] == [
        {"name": "Colleague", "position": "reject", "statement": "Because I reject."}
    ]
    assert document["motion"]["digest"] == Ballot.objects.get().motion_digest


def test_the_certificate_says_what_it_would_be_without_each_recusal(cast: Cast) -> None:
    board = found_board(cast)
    more = seat_more(cast, board, 2)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    vote(ballot, "approve", cast.chair, cast.member)
    vote(ballot, "reject", cast.colleague)
    ballots.recuse(
        actor=more[0], ballot_id=ballot.pk, category="employer", text="My employer sells the successor."
    )
    certificate = run_out(cast, ballot)
    assert certificate.result == "carried"
    assert certificate.told["sensitivity"] == [
        (
            "Without the recusal of Elector 1 the result would be: counted as silent: carried (2 needed); "
            "counted as approving: carried (3 needed); counted as rejecting: a tie, which loses (3 needed)."
        ),
        "One approval fewer would have lost it.",
    ]
    recused = next(line for line in certificate.told["roll"] if line["name"] == "Elector 1")
    assert (recused["status"], recused["recused_as"], recused["position"]) == ("recused", "employer", None)
    assert "sells the successor" not in str(certificate.told)


def test_t31_the_mover_never_certifies(cast: Cast) -> None:
    board = found_board(cast)
    accounts.grant_role(actor=cast.steward, person_id=cast.secretary.id, role="board_member")
    secretary = actor_of(Person.objects.get(pk=cast.secretary.id))
    ballot = open_ballot_for(cast, move_motion(cast, board, mover=secretary))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    with pytest.raises(NotAllowed, match="You moved this proposal"):
        ballots.certify_result(actor=secretary, ballot_id=ballot.pk)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("who", ["steward", "chair", "member", "auditor", "outsider"])
def test_only_the_secretary_of_the_board_certifies(cast: Cast, who: str) -> None:
    ballot = closed_ballot_for(cast)
    with pytest.raises(NotAllowed):
        ballots.certify_result(actor=getattr(cast, who), ballot_id=ballot.pk)
    assert Ballot.objects.get().state == "closed"


def test_a_secretary_without_the_seat_certifies_nothing(cast: Cast) -> None:
    ballot = closed_ballot_for(cast)
    accounts.grant_role(actor=cast.steward, person_id=cast.auditor.id, role="secretary")
    with pytest.raises(NotAllowed, match="Only the secretary of this board"):
        ballots.certify_result(actor=actor_of(cast.person("auditor")), ballot_id=ballot.pk)


def test_an_open_vote_is_not_certified_and_a_certified_one_not_again(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    with pytest.raises(IllegalMove, match="Close it first"):
        certify(cast, ballot)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certify(cast, ballot)
    with pytest.raises(IllegalMove, match="nothing to certify"):
        certify(cast, ballot)


def test_numbers_run_over_the_year_without_a_gap(cast: Cast) -> None:
    board = found_board(cast)
    numbers = []
    for _ in range(3):
        ballot = open_ballot_for(cast, move_motion(cast, board))
        vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
        numbers.append(certify(cast, ballot).number)
    year = clock.now().year
    assert numbers == [f"{year}-01", f"{year}-02", f"{year}-03"]


def test_a_certificate_is_never_changed(cast: Cast) -> None:
    certify(cast, closed_ballot_for(cast))
    with pytest.raises(Exception, match="append-only"), recorded():
        connection.cursor().execute("update board_certificate set result = 'not_carried'")
    assert Certificate.objects.get().result == "carried"


# --- Effects --------------------------------------------------------------------------------------


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A kind of motion that writes down which of its hooks ran, as an event of the certifying command."""
    calls: list[tuple[str, str]] = []

    def effect(motion: Motion, certificate: Certificate) -> None:
        calls.append(("effect", certificate.result))
        record(motion, verb="board.test.carried_out")

    def ended(motion: Motion, certificate: Certificate) -> None:
        calls.append(("ended", certificate.result))

    monkeypatch.setitem(kinds._items, "deed", MotionKind("Deed", "ordinary", effect=effect, ended=ended))
    return calls


def deed(cast: Cast, **options: Any) -> Ballot:
    return open_ballot_for(cast, move_motion(cast, found_board(cast), kind="deed"), **options)


def test_the_effect_runs_once_when_carried_and_its_event_names_the_certification(
    cast: Cast, seen: list[tuple[str, str]]
) -> None:
    ballot = deed(cast)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certify(cast, ballot)
    assert seen == [("effect", "carried")]
    done = Event.objects.get(verb="board.test.carried_out")
    assert done.caused_by == Event.objects.get(verb="board.result.certified")


def test_a_lost_result_is_certified_and_has_no_effect(cast: Cast, seen: list[tuple[str, str]]) -> None:
    ballot = deed(cast)
    vote(ballot, "reject", cast.chair, cast.member)
    vote(ballot, "approve", cast.colleague, reason="I would have done it.")
    certificate = run_out(cast, ballot)
    assert seen == [("ended", "not_carried")]
    assert certificate.told["minority"][0]["statement"] == "I would have done it."
    ballot.motion.refresh_from_db()
    assert ballot.motion.state == "lost"


def test_an_effect_that_fails_leaves_no_certificate(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def effect(motion: Motion, certificate: Certificate) -> None:
        raise IllegalMove("The model is retired already.")

    monkeypatch.setitem(kinds._items, "deed", MotionKind("Deed", "ordinary", effect=effect))
    ballot = deed(cast)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    with pytest.raises(IllegalMove, match="retired already"):
        certify(cast, ballot)
    ballot.refresh_from_db()
    assert ballot.state == "closed"
    assert not Certificate.objects.exists()


def test_a_hold_at_the_close_ends_the_round_held_and_leaves_the_motion_for_another(
    cast: Cast, seen: list[tuple[str, str]]
) -> None:
    ballot = deed(cast)
    vote(ballot, "approve", cast.chair, cast.member)
    vote(ballot, "hold", cast.colleague)
    certificate = run_out(cast, ballot)
    assert (certificate.result, certificate.told["outcome"]["would_be"]) == ("held", "carried")
    assert "without it the result would have been: carried" in certificate.sentence
    assert seen == [("ended", "held")]
    ballot.motion.refresh_from_db()
    assert ballot.motion.state == "moved"
    assert open_ballot_for(cast, ballot.motion).round == 2


def test_t22_a_second_inquorate_round_returns_the_motion(cast: Cast, seen: list[tuple[str, str]]) -> None:
    ballot = deed(cast)
    vote(ballot, "approve", cast.chair)
    assert run_out(cast, ballot).result == "inquorate"
    ballot.motion.refresh_from_db()
    assert ballot.motion.state == "moved"
    second = open_ballot_for(cast, ballot.motion)
    assert run_out(cast, second).result == "inquorate"
    second.refresh_from_db()
    second.motion.refresh_from_db()
    assert (second.state, second.motion.state) == ("returned", "returned")
    with pytest.raises(IllegalMove):
        open_ballot_for(cast, second.motion)


def test_t28_t02_only_what_was_recorded_before_the_close_is_certified(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "approve", cast.chair, cast.member)
    with clock.frozen(ballot.closes_at), pytest.raises(IllegalMove):
        vote(ballot, "reject", cast.colleague)
    certificate = run_out(cast, ballot)
    assert certificate.told["counts"]["reject"] == 0
    assert certificate.told["roll"][1]["status"] == "silent"


def test_the_chair_recused_at_a_tie_leaves_it_lost_t23(cast: Cast) -> None:
    board = found_board(cast)
    more = seat_more(cast, board, 2)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    ballots.recuse(
        actor=cast.chair, ballot_id=ballot.pk, category="authored", text="I led the model's training."
    )
    vote(ballot, "approve", cast.member, cast.colleague)
    vote(ballot, "reject", *more)
    certificate = run_out(cast, ballot)
    assert certificate.result == "tie"
    ballot.motion.refresh_from_db()
    assert ballot.motion.state == "lost"


def test_a_board_too_small_to_act_says_so(cast: Cast) -> None:
    board = found_board(cast)
    ballot = open_ballot_for(cast, move_motion(cast, board))
    ballots.recuse(actor=cast.chair, ballot_id=ballot.pk, category="authored", text="I led it.")
    vote(ballot, "approve", cast.member, cast.colleague)
    certificate = run_out(cast, ballot)
    assert certificate.result == "unable_to_act"
    assert "Only 2 of 3 on the roll were eligible." in certificate.sentence


def test_a_small_board_adopts_an_act_floor_of_two(cast: Cast) -> None:
    board = boards.found_board(actor=cast.steward, name="Small board", demonstration=True, act_floor=2)
    for who, role in {"chair": "chair", "member": "member", "secretary": "secretary"}.items():
        boards.seat_member(
            actor=cast.steward, board_id=board.pk, person_id=cast.person(who).pk, role=role, basis="Founding"
        )
    ballot = open_ballot_for(cast, move_motion(cast, board))
    vote(ballot, "approve", cast.chair, cast.member)
    assert run_out(cast, ballot).result == "carried"
