"""Today: what needs me, and by when?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.queries import waiting_for
from core.door import DeskRequest, desk_page


@desk_page
@require_safe
def today(request: DeskRequest) -> HttpResponse:
    items = waiting_for(request.actor)
    return render(request, "accounts/today.html", {"waiting": items, "place": "today"})
