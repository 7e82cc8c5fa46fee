"""Pages that show text of models, cases and promises that can be redacted."""

from django.urls import reverse

from lifecycle.commands.dossiers import freeze_dossier
from lifecycle.commands.suspensions import lift_suspension
from lifecycle.models import Suspension
from lifecycle.queries.dossiers import findings
from tests.audit.redactable import Made, Shown
from tests.cast import Cast
from tests.factories import board, lifecycle

CASE = (
    "title",
    "asked",
    "reason",
    "status_quo",
    "replacement",
    "no_replacement_reason",
    "impact",
    "cannot_be_undone",
    "cost",
    "access_plan",
    "preservation_plan",
    "recommendation",
    "argument_against",
    "promise",
)


def _case(cast: Cast) -> Made:
    row = lifecycle.make_case(cast, board.found_board(cast))
    return row, reverse("lifecycle:case", args=[row.pk])


def _promise(cast: Cast) -> Made:
    row = lifecycle.make_commitment(cast, lifecycle.make_ai_model(cast))
    return row, reverse("lifecycle:commitments")


SUSPENSION = ("reason", "proposed_by_name", "confirmed_by_name", "ended_because")


def _suspension(cast: Cast) -> Made:
    """One that was lifted."""
    row, _ = _suspension_in_public(cast)
    lift_suspension(actor=cast.chair, suspension_id=row.pk, reason="The filter works again.")
    return Suspension.objects.get(pk=row.pk), reverse("lifecycle:suspension", args=[row.pk])


def _suspension_in_public(cast: Cast) -> Made:
    board.found_board(cast)
    row = lifecycle.suspend(cast, lifecycle.make_ai_model(cast))
    return row, reverse("lifecycle_public:model", args=[row.ai_model.slug])


def _ai_model(cast: Cast) -> Made:
    row = lifecycle.make_ai_model(cast)
    return row, reverse("lifecycle:model-record", args=[row.pk])


def _dossier(cast: Cast) -> Made:
    case = lifecycle.make_case(cast, board.found_board(cast))
    row = freeze_dossier(actor=cast.steward, case_id=case.pk)
    return row, reverse("lifecycle:dossier", args=[case.pk, row.round])


def _waiver(cast: Cast) -> Made:
    case = lifecycle.make_case(cast, board.found_board(cast))
    unmet = next(each.key for each in findings(case) if each.finding.forbids)
    return lifecycle.waive(cast, case, unmet), reverse("lifecycle:case", args=[case.pk])


def _fact(cast: Cast) -> Made:
    ai_model = lifecycle.make_ai_model(cast)
    row = lifecycle.make_fact(cast, ai_model, "replacement", value="Haldane 3")
    return row, reverse("lifecycle:model-record", args=[ai_model.pk])


def _fact_in_public(cast: Cast) -> Made:
    row, _ = _fact(cast)
    return row, reverse("lifecycle_public:model", args=[row.ai_model.slug])


SHOWN = {
    "a case": Shown("lifecycle.Case", _case, CASE, "steward"),
    "a promise": Shown(
        "lifecycle.Commitment", _promise, ("text", "source", "evidence", "evidence_url"), "steward"
    ),
    "a suspension": Shown("lifecycle.Suspension", _suspension, SUSPENSION, "archivist"),
    "a suspension in public": Shown(
        "lifecycle.Suspension", _suspension_in_public, ("reason", "proposed_by_name", "confirmed_by_name"), ""
    ),
    "a model": Shown("lifecycle.AIModel", _ai_model, ("description", "family", "licence"), "steward"),
    "a fact": Shown("lifecycle.Fact", _fact, ("value",), "steward"),
    "a fact in public": Shown("lifecycle.Fact", _fact_in_public, ("value",), ""),
    "a dossier": Shown("lifecycle.Dossier", _dossier, ("frozen_by_name",), "steward"),
    "a waiver": Shown("lifecycle.Waiver", _waiver, ("reason",), "steward"),
}
