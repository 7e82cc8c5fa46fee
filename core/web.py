"""What every page shares: how a form becomes one command, how a refusal is shown, how a list is paged by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from core.errors import NotFound, Refused, Unacceptable
from core.once import claim, known_by, settle

Result = TypeVar("Result")
Row = TypeVar("Row", bound=Model)


def submit(
    request: HttpRequest,
    *,
    form: Form,
    run: Callable[[dict[str, Any]], Result],
    done: Callable[[Result], str],
    template: str,
    context: dict[str, Any] | None = None,
    once: bool = False,
) -> HttpResponse:
    """Show the form on GET and change nothing; on POST check it, run one command, go where `done` says.

    A refusal of the command is put on the form, with its status, and everything typed is kept. `form` must be
    bound on POST (`PositionForm(request.POST or None)`). `once`: it makes something new each time, so a form
    sent twice leads to what the first sending made (core.once).
    """
    page = {**(context or {}), "form": form}
    if request.method != "POST":
        return render(request, template, page)
    if not form.is_valid():
        return render(request, template, page, status=422)
    try:
        return HttpResponseRedirect(_led_to(request, once, lambda: done(run(form.cleaned_data))), status=303)
    except NotFound:
        raise
    except Refused as refusal:
        field = getattr(refusal, "field", None) if isinstance(refusal, Unacceptable) else None
        form.add_error(field if field in form.fields else None, ValidationError(refusal.sentence))
        return render(request, template, page, status=refusal.status)


def _led_to(request: HttpRequest, once: bool, act: Callable[[], str]) -> str:
    """Where the act leads; where it led already, if it must be done once and was."""
    key = known_by(request) if once else ""
    if not key:
        return act()
    if led := claim(key):
        return led
    url = ""
    try:
        url = act()
    finally:
        settle(key, url)
    return url


class RefusalsBecomePages:
    """Middleware: a refusal nobody caught is a page with its sentence and its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        template = "404.html" if exception.status == 404 else "refused.html"
        return render(request, template, {"refusal": exception}, status=exception.status)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list paged by key. `newer` and `older` are cursors for the query string, or empty."""

    rows: list[Row]
    newer: str
    older: str


def page_by_key(
    queryset: QuerySet[Row] | Sequence[QuerySet[Row]], *, cursor: str, size: int = 50, field: str = "number"
) -> Page[Row]:
    """A page of `queryset`, newest first by the unique, ordered `field`; never an OFFSET.

    `cursor` is "" for the first page, "<value" for what is older than value, ">value" for what is newer. One
    that cannot be read is taken as the first page, since it comes from the address line. Several querysets are
    read as one: each by its own index, what is in two of them once.
    """
    parts = [queryset] if isinstance(queryset, QuerySet) else list(queryset)
    direction, value = cursor[:1], cursor[1:]
    try:
        column: Any = parts[0].model._meta.get_field(field)
        key = column.to_python(value) if value else None
        key = None if isinstance(key, datetime) and key.tzinfo is None else key
    except ValidationError:
        key = None
    upwards = direction == ">" and key is not None
    found: dict[Any, Row] = {}
    for part in parts:
        if key is not None:
            part = part.filter(**{f"{field}__{'gt' if upwards else 'lt'}": key})
        selected = part.order_by(field if upwards else f"-{field}")[: size + 1]
        found.update((getattr(row, field), row) for row in selected)
    rows = [found[at] for at in sorted(found, reverse=not upwards)]
    more = len(rows) > size
    rows = rows[:size]
    if upwards:
        rows.reverse()
    if not rows:
        return Page([], "", "")
    first, last = getattr(rows[0], field), getattr(rows[-1], field)
    has_newer = more if upwards else key is not None
    has_older = True if upwards else more
    return Page(rows, f">{first}" if has_newer else "", f"<{last}" if has_older else "")
