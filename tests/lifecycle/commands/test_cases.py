"""Opening, editing, freezing, proposing, withdrawing and closing cases."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from audit.models import Event
from audit.testing import recorded
from board.commands import motions
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, NotAllowed, Unacceptable
from lifecycle.commands.cases import close_case, edit_case, open_case, withdraw_case
from lifecycle.commands.dossiers import freeze_dossier, propose_case
from lifecycle.decisions import obstacles
from lifecycle.models import Case
from lifecycle.states import CaseState
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast):
    return boards.found_board(cast)


def test_a_case_begins_as_a_draft_with_its_steward_and_title(cast, board):
    case = open_case(actor=cast.steward, ai_model_id=make.make_ai_model(cast).pk, kind="retire")
    assert (case.state, case.title, case.board) == (CaseState.DRAFT, "Retire Wren", board)
    assert case.steward == cast.person("steward")


def test_only_a_steward_opens_a_case_and_the_refusal_is_recorded(cast, board):
    ai_model = make.make_ai_model(cast)
    with pytest.raises(NotAllowed, match="Only a steward opens a case"):
        open_case(actor=cast.chair, ai_model_id=ai_model.pk, kind="retire")
    assert not Case.objects.exists()
    assert Event.objects.get(verb="lifecycle.case.opened").outcome == "refused"


def test_a_case_needs_a_board(cast):
    with pytest.raises(Unacceptable, match="no board yet"):
        open_case(actor=cast.steward, ai_model_id=make.make_ai_model(cast).pk, kind="retire")


def test_with_two_boards_one_is_chosen(cast, board):
    boards.found_board(cast, name="Another board")
    with pytest.raises(Unacceptable, match="Choose which board"):
        open_case(actor=cast.steward, ai_model_id=make.make_ai_model(cast).pk, kind="retire")


@pytest.mark.parametrize("kind", ["extend", "restore", "remove_weights", "respond", "enlarge"])
def test_a_kind_that_does_not_fit_an_active_model_of_ours_is_refused(cast, board, kind):
    with pytest.raises(Unacceptable) as refusal:
        open_case(actor=cast.steward, ai_model_id=make.make_ai_model(cast).pk, kind=kind)
    assert refusal.value.field == "kind"


def test_a_vendors_model_can_only_be_responded_to(cast, board):
    vendor = make.make_ai_model(cast, name="Far model", ours=False)
    with pytest.raises(Unacceptable, match="its retirement is a fact"):
        open_case(actor=cast.steward, ai_model_id=vendor.pk, kind="retire")
    assert open_case(actor=cast.steward, ai_model_id=vendor.pk, kind="respond").state == CaseState.DRAFT


def test_editing_records_what_changed_and_begins_to_assemble(cast, board):
    case = make.make_case(cast, board)
    edited = edit_case(actor=cast.steward, case_id=case.pk, cost="Nothing.", impact=" 31 volunteers. ")
    assert (edited.state, edited.cost, edited.impact) == (CaseState.ASSEMBLING, "Nothing.", "31 volunteers.")
    assert Event.objects.get(verb="lifecycle.case.edited").data == {"changed": ["cost", "impact"]}


def test_editing_without_a_change_writes_nothing(cast, board):
    case = make.make_case(cast, board)
    before = Event.objects.count()
    edit_case(actor=cast.steward, case_id=case.pk, cost=case.cost)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"ends_as": "removed"}, "ends_as"),
        ({"our_use": "loving"}, "our_use"),
        ({"cost": "x" * 20_001}, "cost"),
        ({"promise": "", "promise_due_on": date(2027, 1, 1)}, "promise"),
        ({"announced_on": date(2027, 1, 2), "retires_on": date(2027, 1, 1)}, "announced_on"),
    ],
)
def test_words_that_make_no_sense_are_refused_at_their_field(cast, board, words, field):
    case = make.make_case(cast, board)
    with pytest.raises(Unacceptable) as refusal:
        edit_case(actor=cast.steward, case_id=case.pk, **words)
    assert refusal.value.field == field


def test_an_incomplete_brief_cannot_be_frozen_and_the_refusal_names_the_gaps(cast, board):
    case = make.make_case(cast, board, cost="", impact="")
    with pytest.raises(Unacceptable, match="who loses what; what it costs"):
        freeze_dossier(actor=cast.steward, case_id=case.pk)


def test_a_dossier_is_the_case_with_findings_facts_and_exhibits_under_its_digest(cast, board):
    case = make.make_case(cast, board)
    make.make_fact(cast, case.ai_model, "released", effective=clock.today())
    dossier = freeze_dossier(actor=cast.steward, case_id=case.pk)
    assert dossier.digest == digest_of(dossier.document)
    assert dossier.document["case"]["asked"] == case.asked
    assert {each["key"] for each in dossier.document["requirements"]} >= {"notice_days", "replacement_named"}
    assert dossier.document["facts"][0]["source"] == "Release notes"
    assert "interviews" in dossier.document["exhibits"]
    assert Case.objects.get(pk=case.pk).state == CaseState.READY


def test_freezing_what_is_frozen_changes_nothing(cast, board):
    case = make.make_case(cast, board)
    first = freeze_dossier(actor=cast.steward, case_id=case.pk)
    before = Event.objects.count()
    assert freeze_dossier(actor=cast.steward, case_id=case.pk) == first
    assert Event.objects.count() == before


def test_editing_after_a_freeze_begins_the_next_round(cast, board):
    case = make.make_case(cast, board)
    first = freeze_dossier(actor=cast.steward, case_id=case.pk)
    assert edit_case(actor=cast.steward, case_id=case.pk, cost="More.").state == CaseState.ASSEMBLING
    second = freeze_dossier(actor=cast.steward, case_id=case.pk)
    assert (first.round, second.round) == (1, 2)
    first.refresh_from_db()
    assert first.digest == digest_of(first.document)


def test_a_frozen_dossier_cannot_be_changed_even_inside_a_command(cast, board):
    dossier = freeze_dossier(actor=cast.steward, case_id=make.make_case(cast, board).pk)
    dossier.digest = "0" * 64
    with pytest.raises(IntegrityError, match="append-only"), recorded():
        dossier.save()


def test_only_a_frozen_case_is_put_to_the_board(cast, board):
    case = make.make_case(cast, board)
    with pytest.raises(IllegalMove, match="Freeze its dossier"):
        propose_case(actor=cast.steward, case_id=case.pk)


def test_the_motion_is_bound_to_the_dossier_and_says_what_the_case_asks(cast, board):
    case = make.make_case(cast, board)
    dossier = freeze_dossier(actor=cast.steward, case_id=case.pk)
    motion = propose_case(actor=cast.steward, case_id=case.pk, digest=dossier.digest)
    assert (motion.dossier_digest, motion.text, motion.kind) == (dossier.digest, case.asked, "retire")
    case.refresh_from_db()
    assert (case.state, case.motion) == (CaseState.BALLOTED, motion)


def test_a_dossier_frozen_since_it_was_read_is_not_put_to_the_board(cast, board):
    case = make.make_case(cast, board)
    read = freeze_dossier(actor=cast.steward, case_id=case.pk)
    edit_case(actor=cast.steward, case_id=case.pk, cost="More.")
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    with pytest.raises(IllegalMove, match="frozen since you read it"):
        propose_case(actor=cast.steward, case_id=case.pk, digest=read.digest)


def test_a_case_before_the_board_cannot_be_put_again(cast, board):
    case = make.make_case(cast, board)
    make.propose(cast, case)
    with pytest.raises(IllegalMove, match="before the board"):
        propose_case(actor=cast.steward, case_id=case.pk)


def test_a_motion_without_its_case_names_its_obstacle(cast, board):
    motion = motions.move_motion(
        actor=cast.steward,
        board_id=board.pk,
        kind="retire",
        title="Retire something",
        text="Retire it.",
        status_quo="It stays.",
    )
    assert obstacles(motion) == ["This proposal has no case. Put a case to the board instead."]


def test_an_older_dossier_is_an_obstacle(cast, board):
    case = make.make_case(cast, board)
    motion = make.propose(cast, case)
    motions.withdraw_motion(actor=cast.steward, motion_id=motion.pk, reason="The cost was wrong.")
    edit_case(actor=cast.steward, case_id=case.pk, cost="More.")
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    assert "frozen anew" in obstacles(motion)[0]


def test_a_case_is_withdrawn_with_a_reason_and_stays_on_record(cast, board):
    case = make.make_case(cast, board)
    with pytest.raises(Unacceptable):
        withdraw_case(actor=cast.steward, case_id=case.pk, reason=" ")
    withdrawn = withdraw_case(actor=cast.steward, case_id=case.pk, reason="The contract was renewed.")
    assert withdrawn.state == CaseState.WITHDRAWN
    assert Event.objects.get(verb="lifecycle.case.withdrawn").reason == "The contract was renewed."
    with pytest.raises(IllegalMove):
        edit_case(actor=cast.steward, case_id=case.pk, cost="More.")


def test_a_case_the_board_is_voting_on_is_not_withdrawn_behind_it(cast, board):
    case = make.make_case(cast, board)
    make.propose(cast, case)
    with pytest.raises(IllegalMove, match="Withdraw the proposal first"):
        withdraw_case(actor=cast.steward, case_id=case.pk, reason="We thought again.")


def test_a_case_with_an_effect_to_come_is_not_closed(cast, board):
    case = make.make_case(cast, board, retires_on=clock.today() + timedelta(days=5))
    make.decide(cast, make.propose(cast, case))
    with pytest.raises(IllegalMove, match="still to come"):
        close_case(actor=cast.steward, case_id=case.pk)
