"""AI models, cases, dossiers and promises, made by calling commands."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from audit.testing import recorded
from board.models import Board, Motion
from core import clock
from core.policies import Process
from lifecycle import steps
from lifecycle.commands import suspensions
from lifecycle.commands.ai_models import register_ai_model, state_fact
from lifecycle.commands.cases import open_case
from lifecycle.commands.dossiers import freeze_dossier, propose_case
from lifecycle.commands.notices import import_deprecations
from lifecycle.commands.releases import propose_release
from lifecycle.commands.waivers import propose_waiver
from lifecycle.models import AIModel, Case, Commitment, Fact, Suspension, Waiver
from lifecycle.queries.dossiers import findings
from tests.cast import Cast
from tests.factories.board import decide

COPIES = Path(__file__).parent.parent / "lifecycle" / "data"

BRIEF = {
    "asked": "Retire Wren, keep its weights in three copies, and let researchers use it on request.",
    "reason": "Its server’s support contract ends.",
    "status_quo": "Wren goes on reading letters at the help desk, without updates.",
    "impact": "31 volunteers lose a tool they know.",
    "cannot_be_undone": "Nothing in this proposal removes weights.",
    "cost": "Keeping Wren served costs 1,940 euros a month.",
    "recommendation": "Retire it: the replacement reads 96 of 100 sampled letters as well or better.",
    "argument_against": "The four letters in a hundred where Wren is better are the oldest hands.",
    "replacement": "Haldane 3",
}


def make_ai_model(cast: Cast, *, name: str = "Wren", **given: Any) -> AIModel:
    """A model of ours, active, unless told otherwise."""
    given.setdefault("provider", "The Aldgate Institute")
    return register_ai_model(actor=cast.steward, name=name, **given)


def make_fact(cast: Cast, ai_model: AIModel, kind: str, **given: Any) -> Fact:
    given.setdefault("source", "Release notes")
    return state_fact(actor=cast.steward, ai_model_id=ai_model.pk, kind=kind, **given)


def make_case(
    cast: Cast, board: Board, *, ai_model: AIModel | None = None, kind: str = "retire", **words: Any
) -> Case:
    """A case with a complete brief."""
    ai_model = ai_model or make_ai_model(cast)
    return open_case(
        actor=cast.steward, ai_model_id=ai_model.pk, kind=kind, board_id=board.pk, **{**BRIEF, **words}
    )


def propose(cast: Cast, case: Case) -> Motion:
    """Waive what is not met, freeze the case's dossier and put it to the board."""
    waive_what_is_not_met(cast, case)
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    return propose_case(actor=cast.steward, case_id=case.pk)


def waive(cast: Cast, case: Case, requirement: str) -> Waiver:
    """Lift a requirement for a case, by a carried motion of its own."""
    certificate = decide(cast, ask_for_waiver(cast, case, requirement))
    return Waiver.objects.get(certificate=certificate)


def ask_for_waiver(cast: Cast, case: Case, requirement: str, **said: Any) -> Motion:
    said = {"actor": cast.steward, "reason": "There is nobody left to ask.", **said}
    return propose_waiver(case_id=case.pk, requirement=requirement, **said)


def waive_what_is_not_met(cast: Cast, case: Case) -> None:
    """Lift everything the case does not meet, so that a vote can open."""
    for checked in findings(case):
        if checked.finding.forbids:
            waive(cast, case, checked.key)


def make_commitment(cast: Cast, ai_model: AIModel, *, owner: str = "archivist", **given: Any) -> Commitment:
    given.setdefault("text", "Keep the weights in three copies")
    given.setdefault("source", "Decision 2026-01")
    given.setdefault("due_on", None)
    with recorded():
        return steps.promise(ai_model=ai_model, case=None, owner=cast.person(owner), **given)


def ask_for_release(cast: Cast, commitment: Commitment, **said: Any) -> Motion:
    """A motion to release a promise; of the one board there is, when told no other."""
    said = {"actor": cast.steward, "reason": "Nobody reads them any more.", **said}
    if "board_id" not in said:
        said["board_id"] = Board.objects.get().pk
    return propose_release(commitment_id=commitment.pk, **said)


def propose_suspension(cast: Cast, ai_model: AIModel, **said: Any) -> Suspension:
    """The steward asks to suspend it; of the one board there is, when told no other."""
    said = {"actor": cast.steward, "days": 14, "reason": "It gave out the address of a reader.", **said}
    if "board_id" not in said:
        said["board_id"] = Board.objects.get().pk
    return suspensions.propose_suspension(ai_model_id=ai_model.pk, **said)


def suspend(cast: Cast, ai_model: AIModel, **said: Any) -> Suspension:
    """The same, confirmed by the chair: it is in force."""
    proposed = propose_suspension(cast, ai_model, **said)
    return suspensions.confirm_suspension(actor=cast.chair, suspension_id=proposed.pk)


def ask_to_ratify(cast: Cast, suspension: Suspension, *, days: float = 30, **said: Any) -> Motion:
    """A motion that lets it last so many days from now."""
    said = {"actor": cast.steward, "reason": "The filter is being rebuilt.", **said}
    said.setdefault("lasts_until", clock.now() + timedelta(days=days))
    return suspensions.propose_ratification(suspension_id=suspension.pk, **said)


def import_copy(day: str, **given: Any) -> Any:
    """Import one of the three copies of facts, known on its day."""
    data = (COPIES / f"deprecations-{day}.facts.json").read_bytes()
    return import_deprecations(actor=Process("Import of notices"), data=data, **given)
