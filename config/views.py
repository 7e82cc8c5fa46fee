"""Pages that belong to the product as a whole: the component page and the story, in local mode only; and the 400."""

from typing import cast

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from config import specimens
from config import story as stories
from core.door import DeskRequest, desk_page

THEMES = ("light", "dark")


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is not sound, as under a name that is not ours: nothing is looked up for it."""
    return HttpResponseBadRequest(render_to_string("400.html"))


@desk_page
def components(request: DeskRequest) -> HttpResponse:
    """Every component in every state; `?theme=dark` turns the page over."""
    if not settings.DEBUG:
        raise Http404
    theme = request.GET.get("theme", "")
    context = specimens.context() | {"theme": theme if theme in THEMES else "", "themes": THEMES}
    return render(request, "config/components.html", context)


@require_safe
def story(request: HttpRequest) -> HttpResponse:
    """One retirement in eight steps, for whoever runs this on a machine of their own."""
    if not stories.may_be_told():
        raise Http404
    return render(request, "config/story.html", {"steps": stories.steps(), "place": "story"})


@require_POST
def story_continue(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as the demo person of a step and open its screen. Hidden outside local mode."""
    step = stories.step(key) if stories.may_be_told() else None
    person = stories.person_of(step.part) if step else None
    if step is None or person is None:
        raise Http404
    if request.user.is_authenticated and request.user.pk != person.user_id:
        logout(request)
    if not request.user.is_authenticated:
        login(request, cast(User, person.user), backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(step.url, status=303)
