"""One frozen dossier: what is in it, what changed since the round before, and the file itself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from core.door import DeskRequest, desk_page
from core.errors import NotFound
from lifecycle.commands.dossiers import export_dossier
from lifecycle.models import Case, Dossier
from lifecycle.queries.comparing import difference
from lifecycle.queries.dossiers import brief_parts, findings_of
from lifecycle.views.cases import case_for


def dossiers_of(case: Case, round: int) -> tuple[Dossier, Dossier | None]:
    """The dossier of this round, and the one before it. NotFound when there is none."""
    rows = {row.round: row for row in case.dossiers.filter(round__in=[round - 1, round])}
    if round not in rows:
        raise NotFound(f"Case {case.number} has no dossier {round}.")
    return rows[round], rows.get(round - 1)


@desk_page
@require_safe
def dossier(request: DeskRequest, case_id: UUID, round: int) -> HttpResponse:
    case = case_for(request, case_id)
    found, earlier = dossiers_of(case, round)
    context = {
        "case": case,
        "dossier": found,
        "brief": brief_parts(found.document),
        "requirements": findings_of(found.document),
        "facts": found.document["facts"],
        "exhibits": sorted(found.document["exhibits"]),
        "difference": difference(earlier, found) if earlier else None,
        "voted_on": case.motion is not None and case.motion.dossier_digest == found.digest,
        "place": "cases",
    }
    return render(request, "lifecycle/dossier.html", context)


@desk_page
@require_POST
def export(request: DeskRequest, case_id: UUID, round: int) -> HttpResponse:
    """The document as it was frozen; taking it is recorded."""
    case = case_for(request, case_id)
    found, _ = dossiers_of(case, round)
    body = export_dossier(actor=request.actor, dossier_id=found.pk)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="case-{case.number}-dossier-{round}.json"'
    return response
