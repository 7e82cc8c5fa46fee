"""Sequences of the certificate and after: who certifies, reconsidering, statements, promises (T31, T32, T35)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import commands as accounts
from accounts.actors import actor_of
from accounts.models import Person
from audit.models import Event
from board.commands import ballots, motions, statements
from board.models import (
    Motion,
)
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, NotAllowed, Unacceptable
from lifecycle.commands.commitments import bind_commitment
from tests.board.sequences.rounds import certify, close
from tests.cast import Cast
from tests.factories.board import (
    closed_ballot_for,
    found_board,
    move_motion,
    open_ballot_for,
    vote,
)
from tests.factories.lifecycle import make_case, make_commitment, propose

pytestmark = pytest.mark.django_db


def test_t31_the_mover_never_certifies(cast: Cast) -> None:
    board = found_board(cast)
    accounts.grant_role(actor=cast.steward, person_id=cast.secretary.id, role="board_member")
    secretary = actor_of(Person.objects.get(pk=cast.secretary.id))
    ballot = open_ballot_for(cast, move_motion(cast, board, mover=secretary))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    with pytest.raises(NotAllowed, match="You moved this proposal"):
        ballots.certify_result(actor=secretary, ballot_id=ballot.pk)


def test_t32_what_was_certified_is_reopened_only_by_a_motion_that_points_at_it(cast: Cast) -> None:
    ballot = closed_ballot_for(cast, approving=("chair", "colleague"))
    certificate = certify(cast, ballot)
    old = Motion.objects.get(pk=ballot.motion_id)
    with pytest.raises(IllegalMove):
        open_ballot_for(cast, old)
    with pytest.raises(IllegalMove):
        motions.edit_motion(actor=cast.steward, motion_id=old.pk, title="X", text="Y", status_quo="Z")
    said = {
        "motion_id": old.pk,
        "title": "Shall the reading room close on Sundays again?",
        "text": "Close it on Sundays from 1 May on.",
        "status_quo": "It stays open on Sundays.",
    }
    with pytest.raises(NotAllowed, match="needs new information"):
        motions.reconsider_motion(actor=cast.member, **said)
    new = motions.reconsider_motion(actor=cast.chair, **said)
    assert (new.reconsiders_id, new.state) == (old.pk, "moved")
    assert Event.objects.filter(verb="board.motion.moved").first().data["reconsiders"] == old.number  # type: ignore[union-attr]
    with pytest.raises(IllegalMove, match="asks for this already"):
        motions.reconsider_motion(actor=cast.member, **said, new_information="Nobody came.")
    second = open_ballot_for(cast, new)
    vote(second, "approve", cast.chair, cast.member)
    close(cast, second)
    later = certify(cast, second)
    certificate.refresh_from_db()
    old.refresh_from_db()
    assert (old.state, certificate.result) == ("carried", "carried")
    assert later.told["motion"]["reconsiders"] == old.number


def test_new_information_lets_anybody_who_may_move_ask_anew(cast: Cast) -> None:
    certify(cast, closed_ballot_for(cast, approving=("chair", "colleague")))
    said = {
        "motion_id": Motion.objects.get().pk,
        "title": "Shall the reading room close on Sundays again?",
        "text": "Close it on Sundays from 1 May on.",
        "status_quo": "It stays open on Sundays.",
        "new_information": "Nobody came on any Sunday.",
    }
    with pytest.raises(NotAllowed):
        motions.reconsider_motion(actor=cast.auditor, **said)
    assert motions.reconsider_motion(actor=cast.member, **said).particulars == {
        "new_information": "Nobody came on any Sunday."
    }


def test_only_the_minority_signs_a_minority_statement_and_it_is_printed(cast: Cast) -> None:
    ballot = closed_ballot_for(cast, approving=("chair", "colleague"))
    with pytest.raises(IllegalMove, match="those who rejected or held"):
        statements.make_statement(actor=cast.chair, ballot_id=ballot.pk, kind="minority", text="I approve.")
    with pytest.raises(NotAllowed):
        statements.make_statement(actor=cast.steward, ballot_id=ballot.pk, kind="late", text="Mine too.")
    said = {"actor": cast.member, "ballot_id": ballot.pk, "kind": "minority", "text": "Staff were not asked."}
    assert statements.make_statement(**said) == statements.make_statement(**said)
    certificate = certify(cast, ballot)
    assert [row["text"] for row in certificate.told["statements"]] == ["Staff were not asked."]
    with pytest.raises(IllegalMove, match="proposal to reconsider"):
        statements.make_statement(**{**said, "text": "And more."})


def test_an_outcome_statement_is_versioned_and_names_a_day_of_review(cast: Cast) -> None:
    certificate = certify(cast, closed_ballot_for(cast))
    review = clock.today() + timedelta(days=90)
    with pytest.raises(NotAllowed):
        statements.state_outcome(actor=cast.chair, certificate_id=certificate.pk, text="It opens.")
    with pytest.raises(Unacceptable, match="Choose a day to come"):
        statements.state_outcome(
            actor=cast.secretary, certificate_id=certificate.pk, text="It opens.", review_on=clock.today()
        )
    first = statements.state_outcome(
        actor=cast.secretary, certificate_id=certificate.pk, text="It opens.", review_on=review
    )
    second = statements.state_outcome(
        actor=cast.secretary, certificate_id=certificate.pk, text="It opens in May.", review_on=review
    )
    assert (first.version, second.version) == (1, 2)
    page = Client().get(reverse("board_public:decision", args=[certificate.number])).content.decode()
    assert "It opens in May." in page
    assert "Looked at again on" in page
    digest = certificate.digest
    certificate.refresh_from_db()
    assert digest_of(certificate.document) == digest


@pytest.mark.parametrize("bound", [True, False])
def test_t35_a_promise_that_speaks_against_the_motion_makes_its_vote_irreversible(
    cast: Cast, signed_in: Any, bound: bool
) -> None:
    case = make_case(cast, found_board(cast))
    promise = make_commitment(
        cast, case.ai_model, text="Keep it served to paying users.", source="Asked in its interview"
    )
    if bound:
        bind_commitment(
            actor=cast.steward, commitment_id=promise.pk, kind=case.kind, reason="It was told so in answer."
        )
        with pytest.raises(IllegalMove, match="that stays"):
            bind_commitment(
                actor=cast.steward, commitment_id=promise.pk, kind="respond", reason="To make it easier."
            )
    motion = propose(cast, case)
    page = signed_in("secretary").get(reverse("board:motion-open", args=[motion.pk])).content.decode()
    assert ("Promises that speak against it" in page) is bound
    assert ("Keep it served to paying users." in page) is bound
    ballot = open_ballot_for(cast, motion, days=20)
    assert ballot.terms["name"] == ("irreversible" if bound else "retirement")
