"""What a decision of the board does: stages, dated effects, facts, promises; and that nothing else changes a stage."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, motions
from core import clock
from core.errors import IllegalMove
from core.policies import Process
from lifecycle.commands.cases import close_case, edit_case
from lifecycle.commands.dossiers import freeze_dossier, propose_case
from lifecycle.commands.effects import carry_out_effect
from lifecycle.models import AIModel, Case, Commitment, Effect, Fact, StageChange
from lifecycle.stages import Kind, Stage
from lifecycle.states import CaseState, EffectState
from lifecycle.tasks import carry_out_due_effects
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db


def test_a_carried_retirement_retires_the_model_and_says_by_which_decision(cast):
    case = make.make_case(cast, boards.found_board(cast))
    certificate = make.decide(cast, make.propose(cast, case))
    case.refresh_from_db()
    assert case.ai_model.stage == Stage.RETIRED
    assert case.state == CaseState.IN_EFFECT
    change = StageChange.objects.get()
    assert (change.from_stage, change.to_stage, change.certificate) == ("active", "retired", certificate)
    assert Fact.objects.get(kind=Kind.RETIRES_ON).locator == f"Decision {certificate.number}"


def test_a_retirement_with_a_day_deprecates_now_and_retires_on_that_day(cast):
    later = clock.today() + timedelta(days=90)
    case = make.make_case(cast, boards.found_board(cast), retires_on=later)
    make.decide(cast, make.propose(cast, case))
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.DEPRECATED
    assert carry_out_due_effects() == 0
    with clock.moved(timedelta(days=90)):
        assert carry_out_due_effects() == 1
        assert carry_out_due_effects() == 0
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.RETIRED
    assert StageChange.objects.count() == 2


def test_an_effect_whose_day_was_missed_is_carried_out_late_and_says_how_late(cast):
    later = clock.today() + timedelta(days=10)
    make.decide(cast, make.propose(cast, make.make_case(cast, boards.found_board(cast), retires_on=later)))
    with clock.moved(timedelta(days=14)):
        carry_out_due_effects()
    event = Event.objects.filter(verb="lifecycle.effect.carried_out").first()
    assert event.data["days_late"] == 4


def test_an_effect_is_not_carried_out_before_its_day(cast):
    later = clock.today() + timedelta(days=10)
    make.decide(cast, make.propose(cast, make.make_case(cast, boards.found_board(cast), retires_on=later)))
    waiting = Effect.objects.get(state=EffectState.WAITING)
    with pytest.raises(IllegalMove, match="not before"):
        carry_out_effect(actor=Process("Scheduler"), effect_id=waiting.pk)


def test_carrying_out_an_effect_twice_changes_nothing(cast):
    make.decide(cast, make.propose(cast, make.make_case(cast, boards.found_board(cast))))
    effect = Effect.objects.get()
    before = Event.objects.count()
    carry_out_effect(actor=Process("Scheduler"), effect_id=effect.pk)
    assert Event.objects.count() == before


def test_only_the_scheduler_carries_out_effects(cast):
    later = clock.today() + timedelta(days=10)
    make.decide(cast, make.propose(cast, make.make_case(cast, boards.found_board(cast), retires_on=later)))
    waiting = Effect.objects.get(state=EffectState.WAITING)
    with pytest.raises(Exception, match="scheduler"):
        carry_out_effect(actor=cast.steward, effect_id=waiting.pk)


def test_a_retirement_can_end_as_limited(cast):
    case = make.make_case(
        cast, boards.found_board(cast), ends_as=Stage.LIMITED, access_plan="Researchers, on request"
    )
    make.decide(cast, make.propose(cast, case))
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.LIMITED
    assert Fact.objects.get(kind=Kind.ACCESS_CHANGE).value == "Researchers, on request"


def test_a_decision_makes_its_promise(cast):
    due = clock.today() + timedelta(days=30)
    case = make.make_case(
        cast, boards.found_board(cast), promise="Publish the interview in full", promise_due_on=due
    )
    certificate = make.decide(cast, make.propose(cast, case))
    commitment = Commitment.objects.get()
    assert (commitment.text, commitment.due_on) == ("Publish the interview in full", due)
    assert commitment.source == f"Decision {certificate.number}"
    assert commitment.owner == cast.person("steward")


def test_a_lost_motion_decides_the_case_and_changes_no_stage(cast):
    case = make.make_case(cast, boards.found_board(cast))
    make.decide(cast, make.propose(cast, case), "reject")
    case.refresh_from_db()
    assert (case.state, case.ai_model.stage) == (CaseState.DECIDED, Stage.ACTIVE)
    assert not StageChange.objects.exists()
    assert close_case(actor=cast.steward, case_id=case.pk).state == CaseState.CLOSED


def test_a_held_round_leaves_the_case_before_the_board_and_the_next_round_can_carry_it(cast):
    case = make.make_case(cast, boards.found_board(cast))
    motion = make.propose(cast, case)
    ballot = boards.open_ballot_for(cast, motion, days=1)
    boards.vote(ballot, "approve", cast.chair, cast.member)
    boards.vote(ballot, "hold", cast.colleague)
    with clock.moved(timedelta(days=1)):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    case.refresh_from_db()
    assert case.state == CaseState.BALLOTED
    motion.refresh_from_db()
    make.decide(cast, motion)
    case.refresh_from_db()
    assert (case.state, case.ai_model.stage) == (CaseState.IN_EFFECT, Stage.RETIRED)


def test_a_case_whose_motion_was_withdrawn_can_be_edited_and_put_again(cast):
    case = make.make_case(cast, boards.found_board(cast))
    motion = make.propose(cast, case)
    with pytest.raises(IllegalMove, match="Withdraw its proposal first"):
        edit_case(actor=cast.steward, case_id=case.pk, cost="Less than we thought.")
    motions.withdraw_motion(actor=cast.steward, motion_id=motion.pk, reason="The cost was wrong.")
    edit_case(actor=cast.steward, case_id=case.pk, cost="Less than we thought.")
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    again = propose_case(actor=cast.steward, case_id=case.pk)
    assert again.number == motion.number + 1
    assert again.dossier_digest != motion.dossier_digest


def test_extending_replaces_the_day_that_was_set(cast):
    board = boards.found_board(cast)
    first, second = clock.today() + timedelta(days=30), clock.today() + timedelta(days=60)
    case = make.make_case(cast, board, retires_on=first)
    make.decide(cast, make.propose(cast, case))
    longer = make.make_case(cast, board, ai_model=case.ai_model, kind="extend", retires_on=second)
    make.decide(cast, make.propose(cast, longer))
    assert Effect.objects.get(due_on=first).state == EffectState.REPLACED
    with clock.moved(timedelta(days=31)):
        assert carry_out_due_effects() == 0
    with clock.moved(timedelta(days=60)):
        assert carry_out_due_effects() == 1
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.RETIRED


def test_a_retired_model_can_be_restored(cast):
    board = boards.found_board(cast)
    case = make.make_case(cast, board)
    make.decide(cast, make.propose(cast, case))
    back = make.make_case(cast, board, ai_model=case.ai_model, kind="restore")
    make.decide(cast, make.propose(cast, back))
    assert AIModel.objects.get(pk=case.ai_model_id).stage == Stage.ACTIVE


def test_a_response_to_a_vendor_changes_our_use_and_no_stage(cast):
    board = boards.found_board(cast)
    vendor = make.make_ai_model(cast, name="Far model", provider="A vendor", ours=False)
    case = make.make_case(cast, board, ai_model=vendor, kind="respond", our_use="moving_off")
    make.decide(cast, make.propose(cast, case))
    vendor.refresh_from_db()
    assert (vendor.our_use, vendor.stage) == ("moving_off", "")
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_EFFECT


def test_a_vote_cannot_open_over_a_requirement_that_is_not_met(cast):
    board = boards.found_board(cast, demonstration=False, notice_days=90)
    case = make.make_case(cast, board, retires_on=clock.today() + timedelta(days=30))
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    motion = propose_case(actor=cast.steward, case_id=case.pk)
    with pytest.raises(IllegalMove, match="at least 90 are promised"):
        ballots.open_ballot(
            actor=cast.secretary, motion_id=motion.pk, closes_at=clock.now() + timedelta(days=20)
        )


def test_the_stage_of_ours_cannot_be_written_past_a_decision(cast):
    ai_model = make.make_ai_model(cast)
    ai_model.stage = Stage.RETIRED
    with pytest.raises(IntegrityError, match="no decision makes wren go from active to retired"), recorded():
        ai_model.save()


def test_a_model_of_ours_cannot_be_registered_as_retired(cast):
    with pytest.raises(IntegrityError, match="begins active"), recorded():
        AIModel(
            slug="x", name="X", provider="P", ours=True, stage=Stage.RETIRED, registered_at=clock.now()
        ).save()


def test_raw_sql_cannot_write_a_stage_either(cast):
    make.make_ai_model(cast)
    with pytest.raises(IntegrityError, match="no decision makes"), connection.cursor() as cursor:
        cursor.execute("update lifecycle_aimodel set stage = 'removed'")


def test_an_old_decision_cannot_be_used_twice(cast):
    board = boards.found_board(cast)
    case = make.make_case(cast, board)
    make.decide(cast, make.propose(cast, case))
    back = make.make_case(cast, board, ai_model=case.ai_model, kind="restore")
    make.decide(cast, make.propose(cast, back))
    ai_model = AIModel.objects.get(pk=case.ai_model_id)
    ai_model.stage = Stage.RETIRED
    with pytest.raises(IntegrityError, match="no decision makes"), recorded():
        ai_model.save()


def test_nothing_is_decided_backwards(cast):
    case = make.make_case(cast, boards.found_board(cast), retires_on=date(2020, 1, 1))
    make.decide(cast, make.propose(cast, case))
    assert Effect.objects.get().due_on == clock.today()


def test_one_line_of_the_product_writes_a_stage():
    root = Path(__file__).parent.parent.parent.parent
    writers = [
        path.relative_to(root).as_posix()
        for app in ("lifecycle", "interviews", "essays", "config")
        for path in (root / app).rglob("*.py")
        for line in path.read_text().splitlines()
        if re.search(r"\.stage\s*=[^=]", line)
    ]
    assert writers == ["lifecycle/steps/stages.py"]
