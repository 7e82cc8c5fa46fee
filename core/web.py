"""What every page shares: how a form becomes one command, how a refusal is shown. Lists are in core.paging."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from core.errors import NotFound, Refused, Unacceptable
from core.once import claim, known_by, settle

Result = TypeVar("Result")
Context = dict[str, Any]


def submit(
    request: HttpRequest,
    *,
    form: Form,
    run: Callable[[dict[str, Any]], Result],
    done: Callable[[Result], str],
    template: str,
    context: Context | Callable[[], Context] | None = None,
    once: bool = False,
) -> HttpResponse:
    """Show the form on GET and change nothing; on POST check it, run one command, go where `done` says.

    A refusal of the command is put on the form, with its status, and everything typed is kept. `form` must be
    bound on POST (`PositionForm(request.POST or None)`). `context`: what the page shows besides the form; a
    function where it is dear, since nobody sees it when the command does not refuse. `once`: it makes something
    new each time, so a form sent twice leads to what the first sending made (core.once).
    """

    def page(status: int = 200) -> HttpResponse:
        shown = context() if callable(context) else context or {}
        return render(request, template, {**shown, "form": form}, status=status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(422)
    try:
        return HttpResponseRedirect(_led_to(request, once, lambda: done(run(form.cleaned_data))), status=303)
    except NotFound:
        raise
    except Refused as refusal:
        field = getattr(refusal, "field", None) if isinstance(refusal, Unacceptable) else None
        form.add_error(field if field in form.fields else None, ValidationError(refusal.sentence))
        return page(refusal.status)


def _led_to(request: HttpRequest, once: bool, act: Callable[[], str]) -> str:
    """Where the act leads; where it led already, if it must be done once and was."""
    key = known_by(request) if once else ""
    if not key:
        return act()
    if led := claim(key):
        messages.info(request, "You sent the same form twice. It was recorded once; this is what it made.")
        return led
    url = ""
    try:
        url = act()
    finally:
        settle(key, url)
    return url


class RefusalsBecomePages:
    """Middleware: a refusal nobody caught is a page with its sentence and its status.

    So is an address where nothing is, or nothing is shown: with DEBUG on, Django would explain it to strangers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None:
            # No view answers there. With DEBUG on, Django would list every address instead of saying so.
            return render(request, "404.html", status=response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404):
            return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
        if not isinstance(exception, Refused):
            return None
        template = "404.html" if exception.status == 404 else "refused.html"
        return render(request, template, {"refusal": exception}, status=exception.status)
