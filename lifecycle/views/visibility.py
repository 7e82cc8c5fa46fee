"""What the public sees of a model and of a case: said on a page of its own."""

from uuid import UUID

from django.http import HttpResponse

from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.policies import require
from core.web import submit
from lifecycle import policies
from lifecycle.commands import visibility as commands
from lifecycle.forms import VisibilityForm
from lifecycle.views.cases import case_for
from lifecycle.views.cases import url_of as case_url
from lifecycle.views.models import model_for
from lifecycle.views.models import url_of as model_url
from lifecycle.visibility import seen_as


@desk_page
@show_and_do
def of_model(request: DeskRequest, ai_model_id: UUID) -> HttpResponse:
    found = model_for(request, ai_model_id)
    require(policies.may_change_visibility(request.actor))
    return submit(
        request,
        form=VisibilityForm(request.POST or None, row=found),
        run=lambda cleaned: commands.change_model_visibility(
            actor=request.actor, ai_model_id=ai_model_id, **cleaned
        ),
        done=model_url,
        template="lifecycle/visibility.html",
        context={
            "record": found,
            "name": found.name,
            "url": model_url(found),
            "seen": seen_as(found, clock.now()),
            "place": "models",
        },
    )


@desk_page
@show_and_do
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_change_visibility(request.actor))
    return submit(
        request,
        form=VisibilityForm(request.POST or None, row=found),
        run=lambda cleaned: commands.change_case_visibility(actor=request.actor, case_id=case_id, **cleaned),
        done=case_url,
        template="lifecycle/visibility.html",
        context={
            "record": found,
            "name": f"case {found.number}",
            "of_case": True,
            "url": case_url(found),
            "seen": seen_as(found, clock.now()),
            "place": "cases",
        },
    )
