"""The calendar of votes: a month, the reader's own votes as a file, and under a private address for their calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of
from accounts.second_factor import fresh_factor
from board import calendar
from board.commands import calendars as commands
from board.models import CalendarAddress
from board.policies import id_of, may_read_board
from core import clock
from core.calendars import MEDIA_TYPE, calendar_of
from core.digests import sha256_hex
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.policies import Actor, require
from mail.rendering import address_of


@desk_page
@require_safe
def month(request: DeskRequest) -> HttpResponse:
    require(may_read_board(request.actor))
    today = clock.today()
    shown = calendar.month_of(calendar.month_named(request.GET.get("month", ""), today), today)
    return render(request, "board/ballot_calendar.html", {"month": shown, "place": "calendar"})


@desk_page
@require_safe
def file(request: DeskRequest) -> HttpResponse:
    """The reader's own votes, to take into a calendar once."""
    require(may_read_board(request.actor))
    return _file(request.actor)


@desk_page
@fresh_factor
@show_and_do
def address(request: DeskRequest) -> HttpResponse:
    """A private address, told once when it is made."""
    require(may_read_board(request.actor))
    made = ""
    if request.method == "POST":
        secret = commands.make_calendar_address(actor=request.actor)
        made = address_of(reverse("board_public:calendar", args=[secret]))
    known = CalendarAddress.objects.filter(person_id=id_of(request.actor)).first()
    response = render(
        request, "board/calendar_address.html", {"made": made, "known": known, "place": "calendar"}
    )
    response["Cache-Control"] = "no-store"
    return response


@desk_page
@require_POST
def end_address(request: DeskRequest) -> HttpResponse:
    require(may_read_board(request.actor))
    commands.end_calendar_address(actor=request.actor)
    return HttpResponse(status=303, headers={"Location": reverse("board:calendar-address")})


@never_cache
@require_safe
def subscribed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar reads, without sign-in: whoever knows the address, while its person still reads the board."""
    found = CalendarAddress.objects.filter(digest=sha256_hex(secret)).select_related("person").first()
    actor = actor_of(found.person) if found and found.person.active else None
    if actor is None or not may_read_board(actor):
        raise NotFound("There is no such calendar. Make a new address on your desk, under Board, calendar.")
    return _file(actor)


def _file(actor: Actor) -> HttpResponse:
    body = calendar_of(calendar.entries_for(actor, clock.now()), name="Votes")
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="votes.ics"'
    return response
