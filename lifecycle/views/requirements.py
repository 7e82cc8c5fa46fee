"""What a case must show before the board may vote: each requirement, where it is asked, how many meet it now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.queries import organisation
from core.door import DeskRequest, desk_page
from core.policies import require
from lifecycle.models import Case
from lifecycle.policies import may_see_desk
from lifecycle.queries.waivers import waived_for
from lifecycle.registry import Requirement, Status
from lifecycle.registry import requirements as registered
from lifecycle.states import CaseState

# As many cases are looked at, the newest first: each requirement reads its own evidence of each.
LOOKED_AT = 20
OPEN = (CaseState.DRAFT, CaseState.ASSEMBLING, CaseState.READY)


@desk_page
@require_safe
def requirements(request: DeskRequest) -> HttpResponse:
    require(may_see_desk(request.actor))
    cases = list(
        Case.objects.filter(state__in=OPEN)
        .select_related("ai_model", "board")
        .order_by("-number")[:LOOKED_AT]
    )
    rows = []
    waived = waived_for(cases)
    for key, requirement in sorted(registered.items(), key=lambda item: item[1].order):
        asked = organisation().profile in requirement.profiles
        found = (
            [_status(requirement, case, key in waived.get(case.pk, ())) for case in cases] if asked else []
        )
        rows.append(
            {
                "requirement": requirement,
                "asked": asked,
                "met": sum(status == Status.MET for status in found),
                "waived": sum(status == Status.WAIVED for status in found),
                "applies": sum(status != Status.DOES_NOT_APPLY for status in found),
            }
        )
    context = {"rows": rows, "cases": cases, "organisation": organisation(), "place": "settings"}
    return render(request, "lifecycle/requirements.html", context)


def _status(requirement: Requirement, case: Case, waived: bool) -> Status:
    """What the case shows; a voted waiver lifts what is not met."""
    status = requirement.finding(case).status
    return Status.WAIVED if waived and status == Status.NOT_MET else status
