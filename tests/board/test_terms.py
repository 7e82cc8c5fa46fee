"""Voting rules change by a motion: a carried one adopts the next version, whatever was adopted meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.testing import recorded
from board.commands import ballots, motions
from board.models import Ballot, Board, Motion, Terms
from core import clock
from core.errors import IllegalMove
from tests.cast import Cast
from tests.factories.board import decide, found_board, open_ballot_for, vote

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def propose(cast: Cast, board: Board, **said: Any) -> Motion:
    asked = {
        "name": "ordinary",
        "minimum_opening_days": 5,
        "hold_lapse_days": 21,
        "extension_days": 7,
        "act_floor": 2,
        "why": "Votes were too hasty.",
        **said,
    }
    return motions.propose_terms(actor=cast.steward, board_id=board.pk, **asked)


def in_force(board: Board, name: str = "ordinary") -> Terms:
    found = Terms.objects.filter(board=board, name=name).order_by("-version").first()
    assert found is not None
    return found


def adopted_meanwhile(board: Board) -> Terms:
    """Another version, adopted while a vote on the same set is open: of a vote that was opened before it."""
    now = in_force(board)
    later = Terms(
        board=board,
        name=now.name,
        version=now.version + 1,
        arithmetic=now.arithmetic,
        minimum_opening_days=0,
        hold_lapse_days=9,
        extension_days=9,
        early_close=now.early_close,
        adopted_at=clock.now(),
        basis="Decision 2026-77",
    )
    with recorded():
        later.save(force_insert=True)
    return later


def closed(cast: Cast, ballot: Ballot, position: str = "approve") -> Ballot:
    vote(ballot, position, cast.chair, cast.member, cast.colleague)
    return ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def page(client: Client, name: str, ballot: Ballot) -> str:
    response = client.get(reverse(name, args=[ballot.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_secretary_reads_before_certifying_which_version_it_becomes(
    cast: Cast, signed_in: SignedIn
) -> None:
    board = found_board(cast)
    ballot = closed(cast, open_ballot_for(cast, propose(cast, board)))
    said = "They become version 2 of the ordinary voting rules, for votes opened afterwards."
    assert said in page(signed_in("secretary"), "board:ballot-certify", ballot)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    adopted = in_force(board)
    assert (adopted.version, adopted.hold_lapse_days, adopted.basis) == (
        2,
        21,
        f"Decision {certificate.number}",
    )
    minutes = page(signed_in("member"), "board:ballot-minutes", ballot)
    assert "Ordinary rules, version 2 of the Board for retired models, is in force" in minutes
    assert "It replaces version" not in minutes


def test_a_version_adopted_during_the_vote_does_not_stop_its_certification(
    cast: Cast, signed_in: SignedIn
) -> None:
    board = found_board(cast)
    ballot = open_ballot_for(cast, propose(cast, board))
    adopted_meanwhile(board)
    closed(cast, ballot)
    certify = page(signed_in("secretary"), "board:ballot-certify", ballot)
    assert (
        "Version 2 of the ordinary voting rules was adopted since this proposal was made (Decision 2026-77)"
        in certify
    )
    assert "They become version 3 of the ordinary voting rules" in certify
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    assert certificate.carried
    adopted = in_force(board)
    assert (adopted.version, adopted.hold_lapse_days, adopted.minimum_opening_days) == (3, 21, 5)
    minutes = page(signed_in("member"), "board:ballot-minutes", ballot)
    assert "It replaces version 2, which was adopted after this proposal was made." in minutes


def test_a_lost_one_adopts_nothing_and_says_so(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    ballot = closed(cast, open_ballot_for(cast, propose(cast, board)), "reject")
    html = page(signed_in("secretary"), "board:ballot-certify", ballot)
    assert "Nothing else follows: The rules in force stay." in html
    assert "They become version" not in html
    ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    assert in_force(board).version == 1


def test_no_vote_opens_on_rules_that_moved_on_or_are_in_another_vote(cast: Cast) -> None:
    board = found_board(cast)
    first, second, other = (
        propose(cast, board, minimum_opening_days=0),
        propose(cast, board, act_floor=3),
        propose(cast, board, name="retirement"),
    )
    ballot = open_ballot_for(cast, first)
    with pytest.raises(IllegalMove, match=f"Proposal {first.number} on the same voting rules is in a vote"):
        open_ballot_for(cast, second)
    open_ballot_for(cast, other)
    closed(cast, ballot)
    ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    with pytest.raises(IllegalMove, match="Version 2 of the ordinary voting rules was adopted since"):
        open_ballot_for(cast, second)
    motions.withdraw_motion(actor=cast.steward, motion_id=second.pk, reason="Moved anew.")
    decide(cast, propose(cast, board, act_floor=3, minimum_opening_days=0))
    assert in_force(board).version == 3
