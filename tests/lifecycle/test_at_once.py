"""Two at the same moment, in a database where commits are real: an effect is carried out once, numbers are unique."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connections

from core import clock
from core.policies import Process
from lifecycle.commands.cases import open_case
from lifecycle.commands.effects import carry_out_effect
from lifecycle.commands.suspensions import confirm_suspension
from lifecycle.models import Case, Effect, StageChange, Suspension
from lifecycle.states import EffectState
from tests.cast import admit_cast
from tests.factories import board as boards
from tests.factories import lifecycle as make

AT_ONCE = 4


def at_once(act):
    """Run `act` in several threads that start together; their results or exceptions."""
    barrier = Barrier(AT_ONCE)

    def one(index):
        try:
            barrier.wait(timeout=20)
            return act(index)
        except Exception as error:  # noqa: BLE001  the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def test_several_schedulers_carry_out_an_effect_once(fresh_db):
    cast = admit_cast()
    later = clock.today() + timedelta(days=10)
    make.decide(cast, make.propose(cast, make.make_case(cast, boards.found_board(cast), retires_on=later)))
    effect = Effect.objects.get(state=EffectState.WAITING)

    def carry_out(index):
        with clock.moved(timedelta(days=10)):
            return carry_out_effect(actor=Process(f"Scheduler {index}"), effect_id=effect.pk)

    results = at_once(carry_out)
    assert [type(result) for result in results] == [Effect] * AT_ONCE, results
    assert StageChange.objects.filter(effect=effect).count() == 1
    assert Effect.objects.get(pk=effect.pk).state == EffectState.CARRIED_OUT


def test_cases_opened_at_once_have_numbers_of_their_own(fresh_db):
    cast = admit_cast()
    board, ai_model = boards.found_board(cast), make.make_ai_model(cast)
    results = at_once(
        lambda index: open_case(
            actor=cast.steward,
            ai_model_id=ai_model.pk,
            kind="retire",
            board_id=board.pk,
            title=f"Case {index}",
        )
    )
    assert all(isinstance(result, Case) for result in results), results
    assert Case.objects.values("number").distinct().count() == AT_ONCE


def test_two_confirm_a_suspension_and_two_propose_another_at_once_and_one_of_them_did(fresh_db):
    cast = admit_cast()
    boards.found_board(cast)
    model = make.make_ai_model(cast)
    proposed = make.propose_suspension(cast, model)

    def act(index):
        if index < 2:
            actor = (cast.chair, cast.member)[index]
            return confirm_suspension(actor=actor, suspension_id=proposed.pk)
        return make.propose_suspension(cast, model, actor=cast.colleague)

    results = at_once(act)
    assert sorted(type(result).__name__ for result in results) == [*["IllegalMove"] * 3, "Suspension"], (
        results
    )
    assert [row.confirmed_at is not None for row in Suspension.objects.all()] == [True]
