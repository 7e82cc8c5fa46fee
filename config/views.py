"""Pages that belong to the product as a whole. Only one: the component page, in local mode."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from config import specimens
from core.door import DeskRequest, desk_page

THEMES = ("light", "dark")


@desk_page
def components(request: DeskRequest) -> HttpResponse:
    """Every component in every state; `?theme=dark` turns the page over."""
    if not settings.DEBUG:
        raise Http404
    theme = request.GET.get("theme", "")
    context = specimens.context() | {"theme": theme if theme in THEMES else "", "themes": THEMES}
    return render(request, "config/components.html", context)
