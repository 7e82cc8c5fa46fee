"""Removing weights: from a case, under the irreversible rules, and never by the vote of a few."""

from datetime import timedelta

import pytest

from board.commands import ballots
from board.models import Ballot
from core import clock
from core.errors import IllegalMove, Unacceptable
from lifecycle.models import AIModel, Case, Fact, StageChange
from lifecycle.stages import Stage
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db


def removal(cast: Cast) -> Case:
    """A case to remove the weights of a retired model."""
    board = boards.found_board(cast)
    retired = make.make_case(cast, board)
    make.decide(cast, make.propose(cast, retired))
    return make.make_case(
        cast, board, kind="remove_weights", ai_model=AIModel.objects.get(pk=retired.ai_model_id)
    )


def voted(cast: Cast, case: Case, rejecting: int = 0) -> Ballot:
    """Its vote, with one reject where wanted, after its close."""
    ballot = boards.open_ballot_for(cast, make.propose(cast, case), days=15)
    people = [cast.chair, cast.member, cast.colleague]
    boards.vote(ballot, "reject", *people[:rejecting])
    boards.vote(ballot, "approve", *people[rejecting:])
    with clock.frozen(ballot.closes_at):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    return ballot


def test_a_carried_one_removes_them_and_says_by_which_decision(cast: Cast) -> None:
    case = removal(cast)
    ballot = voted(cast, case)
    assert ballot.terms["name"] == "irreversible"
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    assert certificate.carried
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.REMOVED
    change = StageChange.objects.get(to_stage=Stage.REMOVED)
    assert (change.from_stage, change.certificate) == (Stage.RETIRED, certificate)
    told = Fact.objects.filter(ai_model=case.ai_model, locator=f"Decision {certificate.number}")
    assert told.filter(kind="access_change").exists()


def test_two_of_three_are_too_few_and_the_weights_stay(cast: Cast) -> None:
    case = removal(cast)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=voted(cast, case, rejecting=1).pk)
    assert (certificate.result, certificate.told["outcome"]["needed"]) == ("not_carried", 3)
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.RETIRED


def test_its_vote_never_closes_early(cast: Cast) -> None:
    ballot = boards.open_ballot_for(cast, make.propose(cast, removal(cast)), days=15)
    boards.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with clock.moved(timedelta(days=14)), pytest.raises(IllegalMove, match="never closes early"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def test_weights_of_a_model_in_use_are_not_removed(cast: Cast) -> None:
    board = boards.found_board(cast)
    with pytest.raises(Unacceptable, match="does not fit"):
        make.make_case(cast, board, kind="remove_weights")
