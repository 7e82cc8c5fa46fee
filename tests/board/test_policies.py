"""Who may: every policy for every role, as one table."""

import pytest

from board import policies
from board.models import Elector, Seat
from board.registry import kinds
from board.tally import STANDARD_TERMS
from board.timing import terms_of_kind
from core.policies import Process
from tests.cast import ROLES, Cast
from tests.factories.board import move_motion, open_ballot_for

pytestmark = pytest.mark.django_db

READ = {"steward", "chair", "member", "colleague", "secretary", "auditor"}
MAY = {
    "read": READ,
    "found": {"steward", "secretary"},
    "seat": {"steward", "secretary"},
    "move": {"steward", "chair", "member", "colleague"},
    "open": {"secretary"},
    "vote": {"chair", "member", "colleague"},
    "recuse": {"chair", "member", "colleague"},
    "close": {"secretary"},
    "supersede": {"secretary"},
    "certify": {"secretary"},
    "change": {"steward"},
}


@pytest.mark.parametrize("who", ROLES)
def test_each_role_may_what_the_table_says_and_every_no_has_a_reason(cast: Cast, who: str) -> None:
    ballot = open_ballot_for(cast)
    motion = move_motion(cast, ballot.motion.board)
    actor = getattr(cast, who)
    own = Elector.objects.filter(ballot=ballot, person_id=actor.id).first()
    verdicts = {
        "read": policies.may_read_board(actor),
        "found": policies.may_found_board(actor),
        "seat": policies.may_seat(actor, cast.person("outsider").pk if who != "outsider" else cast.chair.id),
        "move": policies.may_move_motion(actor),
        "open": policies.may_open_ballot(actor, motion),
        "vote": policies.may_take_position(actor, ballot, own),
        "recuse": policies.may_recuse(actor, ballot, own),
        "close": policies.may_close_ballot(actor, ballot),
        "supersede": policies.may_supersede_ballot(actor, ballot),
        "certify": policies.may_certify_result(actor, ballot),
        "change": policies.may_change_motion(actor, motion),
    }
    assert {name for name, verdict in verdicts.items() if verdict} == {
        name for name, allowed in MAY.items() if who in allowed
    }
    assert all(verdict.reason.endswith(".") for verdict in verdicts.values() if not verdict)


def test_nobody_signed_in_may_nothing(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    assert not policies.may_read_board(None)
    assert not policies.may_take_position(None, ballot, None)
    assert not policies.may_certify_result(None, ballot)
    assert not policies.may_close_ballot(None, ballot)


def test_a_process_closes_and_does_nothing_else(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    process = Process("The board's clock")
    assert policies.may_close_ballot(process, ballot)
    assert not policies.may_take_position(process, ballot, ballot.electors.first())
    assert not policies.may_certify_result(process, ballot)
    assert not policies.may_recuse(process, ballot, ballot.electors.first())


def test_a_secretary_of_another_board_keeps_no_votes_here(cast: Cast) -> None:
    ballot = open_ballot_for(cast)
    assert policies.may_certify_result(cast.secretary, ballot)
    assert not policies.is_secretary_of(cast.secretary, Seat().board_id or ballot.pk)


def test_kinds_are_voted_on_under_the_terms_the_rules_name() -> None:
    named = {
        "remove_weights": "irreversible",
        "hold_override": "hold_override",
        "respond": "ordinary",
        "terms": "ordinary",
        "minutes": "ordinary",
        "guidelines": "ordinary",
        "essay": "ordinary",
        "resolution": "ordinary",
        "retire": "retirement",
        "deprecate": "retirement",
        "extend": "retirement",
        "anything else": "retirement",
    }
    assert {kind: terms_of_kind(kind) for kind in named} == named
    for key, kind in kinds.items():
        assert kind.terms in STANDARD_TERMS
        assert kind.terms == terms_of_kind(key), key
