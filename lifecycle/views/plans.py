"""The plan of a case: one wished day, and by when each step before it must happen."""

from uuid import UUID

from django.http import HttpResponse

from core.door import DeskRequest, desk_page, show_and_do
from core.policies import require
from core.web import submit
from lifecycle import policies
from lifecycle.commands import cases as commands
from lifecycle.forms import DatesForm, WishedDayForm
from lifecycle.queries.plans import plan_of
from lifecycle.views.cases import case_for, url_of


@desk_page
@show_and_do
def plan(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """GET tries a day out and saves nothing; POST sets the dates of the case."""
    found = case_for(request, case_id)
    may_edit = policies.may_edit_case(request.actor, found)
    if request.method == "POST":
        require(may_edit)
    wish = WishedDayForm(request.GET or None)
    asked = wish.cleaned_data.get("retires_on") if wish.is_bound and wish.is_valid() else None
    shown = plan_of(found, asked)
    return submit(
        request,
        form=DatesForm(
            request.POST or None,
            case=found,
            initial={"retires_on": shown.retires_on, "announced_on": shown.announced_on},
        ),
        run=lambda said: commands.edit_case(actor=request.actor, case_id=case_id, **said),
        done=url_of,
        template="lifecycle/case_plan.html",
        context={
            "case": found,
            "plan": shown,
            "wish": wish if wish.is_bound else WishedDayForm(initial={"retires_on": shown.retires_on}),
            "may_edit": may_edit,
            "place": "cases",
        },
    )
