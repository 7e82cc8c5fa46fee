"""The register is everybody's; models, cases and promises on the desk are for people with a role, acts for stewards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from board.models import Board
from core import clock
from lifecycle.commands.commitments import keep_commitment
from lifecycle.commands.dossiers import freeze_dossier
from lifecycle.models import Case
from lifecycle.queries.dossiers import findings
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle as make
from tests.security.permissions import EVERYONE, SIGNED_IN, Row

PUBLIC = dict.fromkeys(EVERYONE, 200)
READS = dict.fromkeys((role for role in SIGNED_IN if role != "outsider"), 200)
MOVERS = ("steward", "chair", "member", "colleague")
NEVER = dict.fromkeys(SIGNED_IN, 405)
Kwargs = dict[str, Any]


def _slug(cast: Cast) -> Kwargs:
    return {"slug": make.make_ai_model(cast).slug}


def _ai_model(cast: Cast) -> Kwargs:
    return {"ai_model_id": make.make_ai_model(cast).pk}


def _case(cast: Cast) -> Kwargs:
    return {"case_id": make.make_case(cast, boards.found_board(cast)).pk}


def _frozen_case(cast: Cast) -> Kwargs:
    case = make.make_case(cast, boards.found_board(cast))
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    return {"case_id": case.pk}


def _dossier(cast: Cast) -> Kwargs:
    return {**_frozen_case(cast), "round": 1}


def _lost_case(cast: Cast) -> Kwargs:
    case = make.make_case(cast, boards.found_board(cast))
    make.decide(cast, make.propose(cast, case), "reject")
    return {"case_id": case.pk}


def _commitment(cast: Cast) -> Kwargs:
    return {"commitment_id": make.make_commitment(cast, make.make_ai_model(cast)).pk}


def _owed(cast: Cast) -> Kwargs:
    """A promise, and a board that could release it."""
    boards.found_board(cast)
    return _commitment(cast)


def _waiver(cast: Cast, kwargs: Kwargs) -> Kwargs:
    """Of the first thing the case does not meet."""
    unmet = [each for each in findings(Case.objects.get(pk=kwargs["case_id"])) if each.finding.forbids]
    return {"requirement": unmet[0].key, "reason": "There is nobody left to ask."}


def _list(name: str) -> list[Row]:
    return [Row(name, "GET", READS), Row(name, "POST", NEVER)]


def _record(name: str, built: Callable[[Cast], Kwargs]) -> list[Row]:
    return [Row(name, "GET", READS, make=built), Row(name, "POST", NEVER, make=built)]


def _act(
    name: str,
    built: Callable[[Cast], Kwargs] = lambda cast: {},
    data: Callable[[Cast, Kwargs], Kwargs] = lambda cast, kwargs: {},
    may: tuple[str, ...] = ("steward",),
) -> list[Row]:
    """A form and its sending: for those who may; everybody else is forbidden."""
    return [
        Row(name, "GET", dict.fromkeys(may, 200), make=built),
        Row(name, "POST", dict.fromkeys(may, 303), make=built, data=data),
    ]


def _new_case(cast: Cast, kwargs: Kwargs) -> Kwargs:
    board = boards.found_board(cast)
    return {"kind": "retire", "ai_model_id": make.make_ai_model(cast).pk, "board_id": board.pk}


def _internal(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"visibility": "internal", "reason": "Its maker has not announced it."}


def _digest(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"digest": Case.objects.get(pk=kwargs["case_id"]).dossiers.get().digest}


def _evidence(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"evidence": "Three of three copies are whole."}


def _broken_already(cast: Cast) -> Kwargs:
    """Kept already: whoever may is told that the moment is wrong."""
    commitment = make.make_commitment(cast, make.make_ai_model(cast))
    keep_commitment(actor=cast.archivist, commitment_id=commitment.pk, evidence="Done.")
    return {"commitment_id": commitment.pk}


def _suspendable(cast: Cast) -> Kwargs:
    """A model, and a board that could ratify its suspension."""
    boards.found_board(cast)
    return _ai_model(cast)


def _emergency(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"reason": "It leaked a letter.", "days": 14, "board_id": str(Board.objects.get().pk)}


def _proposed_suspension(cast: Cast) -> Kwargs:
    boards.found_board(cast)
    return {"suspension_id": make.propose_suspension(cast, make.make_ai_model(cast)).pk}


def _suspension(cast: Cast) -> Kwargs:
    boards.found_board(cast)
    return {"suspension_id": make.suspend(cast, make.make_ai_model(cast)).pk}


def _a_longer_time(cast: Cast, kwargs: Kwargs) -> Kwargs:
    until = clock.now() + timedelta(days=30)
    return {"lasts_until": f"{until:%Y-%m-%dT%H:%M}", "reason": "The filter is being rebuilt."}


def _because(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"reason": "It was a false alarm."}


SITS = ("chair", "member", "colleague")
ENDS_PROMISES = ("steward", "archivist")

TABLE = [
    Row("lifecycle_public:register", "GET", PUBLIC),
    Row("lifecycle_public:register", "POST", dict.fromkeys(EVERYONE, 405)),
    Row("lifecycle_public:model", "GET", PUBLIC, make=_slug),
    Row("lifecycle_public:model", "POST", dict.fromkeys(EVERYONE, 405), make=_slug),
    *_list("lifecycle:models"),
    *_record("lifecycle:model-record", _ai_model),
    *_act(
        "lifecycle:model-new",
        data=lambda cast, kwargs: {"name": "Wren", "provider": "The Institute", "ours": "on"},
    ),
    *_act("lifecycle:model-edit", _ai_model, lambda cast, kwargs: {"family": "Passerines"}),
    *_act(
        "lifecycle:model-state",
        _ai_model,
        lambda cast, kwargs: {"kind": "released", "effective": "2024-03-12", "source": "Release notes"},
    ),
    *_act("lifecycle:model-visibility", _ai_model, _internal),
    *_list("lifecycle:cases"),
    *_record("lifecycle:case", _case),
    *_act("lifecycle:case-new", data=_new_case),
    *_act(
        "lifecycle:case-edit",
        _case,
        lambda cast, kwargs: {"title": "Retire Wren", "ends_as": "retired", "cost": "Less."},
    ),
    *_act("lifecycle:case-visibility", _case, _internal),
    Row("lifecycle:case-plan", "GET", READS, make=_case),
    Row(
        "lifecycle:case-plan",
        "POST",
        {"steward": 303},
        make=_case,
        data=lambda cast, kwargs: {"retires_on": "2027-03-31"},
    ),
    *_record("lifecycle:dossier", _dossier),
    Row("lifecycle:dossier-export", "GET", NEVER, make=_dossier),
    Row("lifecycle:dossier-export", "POST", READS, make=_dossier),
    *_act("lifecycle:case-freeze", _case),
    *_act("lifecycle:case-propose", _frozen_case, _digest),
    Row(
        "lifecycle:case-waive", "GET", {**dict.fromkeys(READS, 403), **dict.fromkeys(MOVERS, 200)}, make=_case
    ),
    Row(
        "lifecycle:case-waive",
        "POST",
        {**dict.fromkeys(READS, 403), **dict.fromkeys(MOVERS, 303)},
        make=_case,
        data=_waiver,
    ),
    *_act("lifecycle:case-withdraw", _case, lambda cast, kwargs: {"reason": "The contract was renewed."}),
    *_act("lifecycle:case-close", _lost_case),
    *_list("lifecycle:commitments"),
    Row(
        "lifecycle:commitment-release",
        "GET",
        {**dict.fromkeys(READS, 403), **dict.fromkeys(MOVERS, 200)},
        make=_owed,
    ),
    Row(
        "lifecycle:commitment-release",
        "POST",
        {**dict.fromkeys(READS, 403), **dict.fromkeys(MOVERS, 303)},
        make=_owed,
        data=lambda cast, kwargs: {"board_id": str(Board.objects.get().pk), "reason": "Nobody asks for it."},
    ),
    Row("lifecycle:commitment-keep", "GET", dict.fromkeys(ENDS_PROMISES, 200), make=_commitment),
    Row(
        "lifecycle:commitment-keep",
        "POST",
        dict.fromkeys(ENDS_PROMISES, 409),
        make=_broken_already,
        data=_evidence,
    ),
    Row("lifecycle:commitment-bind", "GET", dict.fromkeys(ENDS_PROMISES, 200), make=_commitment),
    Row(
        "lifecycle:commitment-bind",
        "POST",
        dict.fromkeys(ENDS_PROMISES, 303),
        make=_commitment,
        data=lambda cast, kwargs: {"kind": "remove_weights", "reason": "It was promised."},
    ),
    Row("lifecycle:commitment-break", "GET", dict.fromkeys(ENDS_PROMISES, 200), make=_commitment),
    Row(
        "lifecycle:commitment-break",
        "POST",
        dict.fromkeys(ENDS_PROMISES, 409),
        make=_broken_already,
        data=_evidence,
    ),
    *_act("lifecycle:model-suspend", _suspendable, _emergency, may=MOVERS),
    *_record("lifecycle:suspension", _suspension),
    *_act("lifecycle:suspension-confirm", _proposed_suspension, may=SITS),
    *_act("lifecycle:suspension-drop", _proposed_suspension, _because, may=MOVERS),
    *_act("lifecycle:suspension-lift", _suspension, _because, may=SITS),
    *_act("lifecycle:suspension-ratify", _suspension, _a_longer_time, may=MOVERS),
    Row("lifecycle:requirements", "GET", {"outsider": 403}, otherwise=200),
]
