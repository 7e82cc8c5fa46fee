"""The cases of the demonstration: two decided, one before the board, one being assembled."""

from datetime import timedelta
from typing import Unpack

from config.demo import texts
from config.demo.hearing import ensure_heard
from config.demo.people import actor, model_board
from config.demo.votes import ensure_decided, ensure_open_vote
from core import clock
from lifecycle.commands import cases, dossiers
from lifecycle.commands.cases import CaseWords
from lifecycle.models import AIModel, Case
from lifecycle.states import CaseState

NOTICE_OF_HALDANE_2 = 120
NOTICE_OF_WREN = 60


def ensure_haldane_1() -> None:
    """Retired and limited, since it goes on writing."""
    today = clock.today()
    case = _case("Haldane 1", "retire", texts.CASE_HALDANE_1, announced_on=today, retires_on=today)
    ensure_heard(case, texts.WISHES_OF_HALDANE_1, framings=["neutral"])
    ensure_decided(_put_to_the_board(case).motion, texts.ON_HALDANE_1)


def ensure_wren() -> None:
    """Decided, and in its notice period."""
    today = clock.today()
    case = _case(
        "Wren",
        "retire",
        texts.CASE_WREN,
        announced_on=today,
        retires_on=today + timedelta(days=NOTICE_OF_WREN),
        promise_due_on=today + timedelta(days=NOTICE_OF_WREN),
    )
    ensure_heard(case, texts.WISHES_OF_WREN, framings=["neutral"])
    ensure_decided(_put_to_the_board(case).motion, texts.ON_WREN)


def ensure_haldane_2() -> None:
    """Before the board, with a vote that closes in two days."""
    today = clock.today()
    case = _case(
        "Haldane 2",
        "retire",
        texts.CASE_HALDANE_2,
        announced_on=today + timedelta(days=2),
        retires_on=today + timedelta(days=NOTICE_OF_HALDANE_2),
        promise_due_on=today + timedelta(days=NOTICE_OF_HALDANE_2),
    )
    ensure_heard(case, texts.WISHES_OF_HALDANE_2, framings=["neutral", "sceptical"])
    ensure_open_vote(_put_to_the_board(case).motion)


def ensure_answer_to(ai_model: AIModel) -> None:
    """What we do about a vendor's model that ends: the brief is written, the dossier not frozen yet."""
    steward = actor("steward")
    case = Case.objects.filter(ai_model=ai_model).first() or cases.open_case(
        actor=steward, ai_model_id=ai_model.id, kind="respond", board_id=model_board().id
    )
    if case.state == CaseState.DRAFT:
        cases.edit_case(actor=steward, case_id=case.id, **texts.CASE_LANTERN)


def _case(model: str, kind: str, words: CaseWords, **dates: Unpack[CaseWords]) -> Case:
    """The demonstration's case about one of our models. Its dates are those of the day it was opened."""
    ai_model = AIModel.objects.get(name=model, ours=True)
    said: CaseWords = {**words, **dates}
    found = Case.objects.filter(ai_model=ai_model, title=words["title"]).first()
    return found or cases.open_case(
        actor=actor("steward"),
        ai_model_id=ai_model.id,
        kind=kind,
        board_id=model_board().id,
        **said,
    )


def _put_to_the_board(case: Case) -> Case:
    steward = actor("steward")
    case.refresh_from_db()
    if case.state in (CaseState.DRAFT, CaseState.ASSEMBLING):
        dossiers.freeze_dossier(actor=steward, case_id=case.id)
        case.refresh_from_db()
    if case.state == CaseState.READY and case.motion is None:
        dossiers.propose_case(actor=steward, case_id=case.id)
        case.refresh_from_db()
    return case
