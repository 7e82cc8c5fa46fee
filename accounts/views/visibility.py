"""What is public: the site as a whole, and votes on it."""

from django.http import HttpResponse
from django.urls import reverse

from accounts import commands, policies
from accounts.forms import VisibilityForm
from accounts.models import Organisation
from accounts.queries import organisation
from accounts.second_factor import fresh_factor
from audit.models import Event
from core.door import DeskRequest, desk_page, show_and_do
from core.policies import Verdict, require
from core.web import submit


@desk_page
@show_and_do
@fresh_factor
def visibility(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_people(request.actor))
    may: Verdict = policies.may_change_visibility(request.actor)
    if request.method == "POST":
        require(may)
    now = organisation()
    changes = Event.objects.filter(target_type=Organisation._meta.label).order_by("-number")[:10]
    return submit(
        request,
        form=VisibilityForm(
            request.POST if request.method == "POST" else None,
            initial={"public_site": "yes" if now.public_site else "no", "roll_call": now.roll_call.value},
        ),
        run=lambda said: commands.change_visibility(actor=request.actor, **said),
        done=lambda row: reverse("accounts:visibility"),
        template="accounts/visibility.html",
        context={"now": now, "may": may, "events": list(changes), "place": "settings"},
    )
