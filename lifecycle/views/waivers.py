"""Asking the board to waive what a case does not meet."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from board.models import Motion
from core.door import DeskRequest, desk_page, show_and_do
from core.policies import require
from core.web import submit
from lifecycle import policies
from lifecycle.commands.waivers import propose_waiver
from lifecycle.forms import WaiverForm
from lifecycle.queries.dossiers import findings
from lifecycle.queries.waivers import waivers_asked
from lifecycle.views.cases import case_for
from lifecycle.waivers import why_not


@desk_page
@show_and_do
def waive(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_propose_waiver(request.actor, found, recused=False))  # case_for saw to that
    asked = waivers_asked(found)
    unmet = [each for each in findings(found) if each.finding.forbids]
    free = [each for each in unmet if each.key not in asked]
    return submit(
        request,
        form=WaiverForm(
            request.POST or None, unmet=free, initial={"requirement": free[0].key} if len(free) == 1 else {}
        ),
        run=lambda said: propose_waiver(actor=request.actor, case_id=case_id, **said),
        done=_url_of,
        template="lifecycle/case_waive.html",
        context={
            "case": found,
            "refusal": why_not(found),
            "unmet": unmet,
            "free": free,
            "waiting": list(asked.values()),
            "place": "cases",
        },
        once=True,
    )


def _url_of(motion: Motion) -> str:
    return reverse("board:motion", args=[motion.pk])
